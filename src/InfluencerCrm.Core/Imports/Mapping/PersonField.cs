namespace InfluencerCrm.Core.Imports.Mapping;

/// <summary>What a column of a contact file can say about a person.</summary>
public enum PersonField
{
    DisplayName,
    FirstName,
    LastName,
    Email,
    Phone,
    Kind,
    Outlet,
    Function,
    Beat,
    Topics,
    Country,
    City,
    Language,
    Tags,
    Bio,
    Notes,
    Url,
    Blog,
    Twitter,

    /// <summary>An opposition: anything but "no" in it means that the person must not be mailed.</summary>
    DoNotContact,

    /// <summary>The opposite of it: "no" in it means that the person must not be mailed.</summary>
    OptIn,
    Source,
}
