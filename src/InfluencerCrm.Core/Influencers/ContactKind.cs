namespace InfluencerCrm.Core.Influencers;

/// <summary>What sort of address a contact point is.</summary>
public enum ContactKind
{
    Email,
    Phone,
    Messaging,
    Postal,
    Form,
}

/// <summary>What an address is for.</summary>
public enum ContactLabel
{
    Work,
    Pitch,
    Private,
    Desk,
    Assistant,
    Agent,
}

/// <summary>What an address may be used for.</summary>
public enum ContactUse
{
    Mailing,

    /// <summary>Written to by hand only, never by a send-out.</summary>
    PersonalOnly,
    Never,
}
