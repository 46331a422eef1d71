using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Stories;

/// <summary>What a person answered when asked to keep this story's embargo.</summary>
public enum EmbargoStatus
{
    Asked,
    Accepted,
    Refused,
    Broken,
}

/// <summary>This person said yes, or no, to this story's embargo.</summary>
[Access(Right.WritePlans)]
[SeenWith(typeof(Story), nameof(StoryId))]
public sealed class EmbargoAgreement : Entity, IWritable<EmbargoAgreement, EmbargoAgreementChanges>
{
    private EmbargoAgreement()
    {
    }

    public EmbargoAgreement(int storyId, int influencerId, EmbargoStatus status, DateTime? acceptedUntil = null)
    {
        StoryId = storyId;
        InfluencerId = influencerId;
        Status = status;
        AcceptedUntil = acceptedUntil;
    }

    public int StoryId { get; private set; }

    public Story? Story { get; private set; }

    public int InfluencerId { get; private set; }

    public Influencer? Influencer { get; private set; }

    public EmbargoStatus Status { get; private set; }

    /// <summary>When the answer came.</summary>
    public DateTime? At { get; private set; }

    /// <summary>
    /// The end of the embargo that the person accepted: a story whose `embargoUntil` is later is not covered and does not reach them before they
    /// accept anew, one whose end is earlier or was taken away is. Set to the story's `embargoUntil` where the status becomes `accepted`, or null
    /// is sent while it is; empty while nothing was accepted, and where the story had no end yet.
    /// </summary>
    public DateTime? AcceptedUntil { get; private set; }

    /// <summary>The interaction in which they said so.</summary>
    public long? EvidenceId { get; private set; }

    /// <summary>Somebody says that the person has accepted, and not until when: it is what the story says.</summary>
    internal bool AcceptsStory { get; private set; }

    /// <param name="until">The end that was asked for.</param>
    /// <param name="evidence">The interaction that keeps what was agreed to.</param>
    internal static EmbargoAgreement Answered(int storyId, int influencerId, EmbargoStatus answer, DateTime? until, DateTime at, long evidence) =>
        new(storyId, influencerId, answer, until) { At = at, EvidenceId = evidence };

    internal void AcceptUntil(DateTime? until) => (AcceptedUntil, AcceptsStory) = (until, false);

    public static EmbargoAgreement Create(EmbargoAgreementChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var agreement = new EmbargoAgreement(changes.StoryId.Required("storyId"), changes.InfluencerId.Required("influencerId"), EmbargoStatus.Asked);
        agreement.Apply(changes);
        return agreement;
    }

    public void Apply(EmbargoAgreementChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        StoryId = changes.StoryId.Or(StoryId);
        InfluencerId = changes.InfluencerId.Or(InfluencerId);
        var (before, now) = (Status, changes.Status.Or(Status));
        var kept = now == EmbargoStatus.Broken || (now == before && now == EmbargoStatus.Accepted) ? AcceptedUntil : null;
        Status = now;
        AcceptedUntil = now is EmbargoStatus.Accepted or EmbargoStatus.Broken ? Check.Utc(changes.AcceptedUntil.Or(kept)) : null;
        AcceptsStory = now == EmbargoStatus.Accepted && AcceptedUntil is null && (before != now || changes.AcceptedUntil.IsSet);
        At = Check.Utc(changes.At.Or(At));
        EvidenceId = changes.EvidenceId.Or(EvidenceId);
    }
}

internal sealed class EmbargoAgreementConfiguration : IEntityTypeConfiguration<EmbargoAgreement>
{
    public void Configure(EntityTypeBuilder<EmbargoAgreement> builder)
    {
        builder.HasOne(a => a.Story).WithMany().HasForeignKey(a => a.StoryId).OnDelete(DeleteBehavior.Restrict);

        // The gate before a mail under embargo asks for one person's answer.
        builder.HasIndex(a => new { a.StoryId, a.InfluencerId }).IsUnique();
        builder.HasIndex(a => a.InfluencerId);
    }
}
