namespace InfluencerCrm.Core.Work;

/// <summary>A row that is worked on when its time has come, by whichever host claims it: state that survives a restart.</summary>
public interface IDueRow
{
    long Id { get; }

    /// <summary>When it is to be worked on; null when there is nothing to do.</summary>
    DateTime? DueAt { get; }

    /// <summary>Set by the claim; who holds it may write the outcome.</summary>
    Guid? ClaimToken { get; }

    /// <summary>When the claim ends by itself, so that a dead host's rows return.</summary>
    DateTime? LeaseUntil { get; }
}
