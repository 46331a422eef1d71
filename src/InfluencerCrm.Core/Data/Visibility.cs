namespace InfluencerCrm.Core.Data;

/// <summary>A row that belongs to a client: seen only by the client's members and admins. Empty: the agency's own.</summary>
public interface IClientOwned
{
    int? ClientId { get; }
}

/// <summary>A row that bears a campaign's id: hidden with a confidential campaign.</summary>
public interface ICampaignOwned
{
    int? CampaignId { get; }
}

/// <summary>A row that has history is archived rather than deleted, and hidden unless asked for.</summary>
public interface IArchivable
{
    DateTime? ArchivedAt { get; }

    void Archive(DateTime now);

    void Restore();
}

/// <summary>A person: nothing is shown of an erased one.</summary>
public interface IErasable
{
    DateTime? ErasedAt { get; }
}

/// <summary>Names of the query filters, for the few places that look behind one on purpose.</summary>
public static class Filters
{
    public const string Actor = "actor";
    public const string Wall = "wall";
    public const string Confidential = "confidential";
    public const string Archived = "archived";
    public const string Erased = "erased";
    public const string Owner = "owner";
}
