namespace InfluencerCrm.Core.Changes;

/// <summary>What happened to a row that readers follow.</summary>
public enum ChangeKind
{
    Created,
    Updated,
    Deleted,
}

/// <summary>
/// One write to a row of a followed set, written by the database itself in the same transaction. It says that something happened, not
/// what: readers look at the row as it is now.
/// </summary>
public sealed class Change
{
    private Change()
    {
    }

    public long Seq { get; private set; }

    /// <summary>The entity set: <c>interactions</c>.</summary>
    public string Entity { get; private set; } = "";

    public long Key { get; private set; }

    public ChangeKind Kind { get; private set; }

    /// <summary>What it is to other tools, where it is more than a change: <c>coverage.confirmed</c>.</summary>
    public string? Event { get; private set; }

    /// <summary>By the database's clock: one for all hosts.</summary>
    public DateTime At { get; private set; }

    /// <summary>Whose row it was before; a reader who could not see it then is not told that it went.</summary>
    public int? ClientId { get; private set; }

    public int? CampaignId { get; private set; }

    /// <summary>
    /// The order in which changes may be read up to a point, see <see cref="Data.IDatabaseProvider.ChangeHorizonAsync"/>. The sequence
    /// will not do: a server hands its numbers out before the commit, so a late commit shows up behind those who have read on.
    /// </summary>
    public long Mark { get; private set; }
}
