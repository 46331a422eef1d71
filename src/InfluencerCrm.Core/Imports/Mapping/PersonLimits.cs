namespace InfluencerCrm.Core.Imports.Mapping;

/// <summary>How long a cell may be, as the columns it goes to allow; a longer one refuses its row rather than being cut.</summary>
internal static class PersonLimits
{
    public const int Name = 200;
    public const int NamePart = 100;
    public const int Phone = 60;

    /// <summary>A tag or a topic.</summary>
    public const int Word = 100;
    public const int Line = 400;
    public const int Text = 8000;

    /// <summary>How many tags or topics one person may have.</summary>
    public const int Values = 100;

    public static int Of(PersonField field) => field switch
    {
        PersonField.DisplayName => Name,
        PersonField.FirstName or PersonField.LastName or PersonField.City => NamePart,
        PersonField.Outlet or PersonField.Function or PersonField.Beat => Name,
        PersonField.Url or PersonField.Blog => 1000,
        _ => Line,
    };
}
