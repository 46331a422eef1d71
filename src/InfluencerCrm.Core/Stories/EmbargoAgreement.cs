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

    public EmbargoAgreement(int storyId, int influencerId, EmbargoStatus status)
    {
        StoryId = storyId;
        InfluencerId = influencerId;
        Status = status;
    }

    public int StoryId { get; private set; }

    public Story? Story { get; private set; }

    public int InfluencerId { get; private set; }

    public Influencer? Influencer { get; private set; }

    public EmbargoStatus Status { get; private set; }

    /// <summary>When the answer came.</summary>
    public DateTime? At { get; private set; }

    /// <summary>The interaction in which they said so.</summary>
    public long? EvidenceId { get; private set; }

    /// <param name="evidence">The interaction that keeps what was agreed to.</param>
    internal static EmbargoAgreement Answered(int storyId, int influencerId, EmbargoStatus answer, DateTime at, long evidence) =>
        new(storyId, influencerId, answer) { At = at, EvidenceId = evidence };

    public static EmbargoAgreement Create(EmbargoAgreementChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var agreement = new EmbargoAgreement(changes.StoryId.Required("storyId"), changes.InfluencerId.Required("influencerId"), changes.Status.Or(EmbargoStatus.Asked));
        agreement.Apply(changes);
        return agreement;
    }

    public void Apply(EmbargoAgreementChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        StoryId = changes.StoryId.Or(StoryId);
        InfluencerId = changes.InfluencerId.Or(InfluencerId);
        Status = changes.Status.Or(Status);
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
