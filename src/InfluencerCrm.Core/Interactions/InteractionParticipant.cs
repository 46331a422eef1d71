using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Interactions;

/// <summary>Somebody else who took part in an interaction: a person we know, or a member of the team.</summary>
[Access(Right.WriteContacts)]
public sealed class InteractionParticipant : Entity, IWritable<InteractionParticipant, InteractionParticipantChanges>
{
    private InteractionParticipant()
    {
    }

    public InteractionParticipant(int? influencerId, int? userId)
    {
        InfluencerId = influencerId;
        UserId = userId;
    }

    public long InteractionId { get; private set; }

    public int? InfluencerId { get; private set; }

    public Influencer? Influencer { get; private set; }

    public int? UserId { get; private set; }

    public static InteractionParticipant Create(InteractionParticipantChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var participant = new InteractionParticipant();
        participant.Apply(changes);
        return participant;
    }

    public void Apply(InteractionParticipantChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        InfluencerId = changes.InfluencerId.Or(InfluencerId);
        UserId = changes.UserId.Or(UserId);
        if (InfluencerId is null == UserId is null)
        {
            throw new RuleViolation("required", "Either influencerId or userId must be given.", "influencerId");
        }
    }

    public void BelongTo(long interactionId) => InteractionId = interactionId;
}

/// <summary>What may be sent for a participant.</summary>
public sealed record InteractionParticipantChanges
{
    public Optional<int?> InfluencerId { get; init; }

    public Optional<int?> UserId { get; init; }
}

internal sealed class InteractionParticipantConfiguration : IEntityTypeConfiguration<InteractionParticipant>
{
    public void Configure(EntityTypeBuilder<InteractionParticipant> builder)
    {
        builder.HasOne<Interaction>().WithMany(i => i.Participants).HasForeignKey(p => p.InteractionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(p => p.Influencer).WithMany().HasForeignKey(p => p.InfluencerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<User>().WithMany().HasForeignKey(p => p.UserId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(p => p.InteractionId);
        builder.HasIndex(p => p.InfluencerId);
        builder.HasIndex(p => p.UserId);
    }
}
