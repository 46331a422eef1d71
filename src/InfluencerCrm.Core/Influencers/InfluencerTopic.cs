using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Influencers;

/// <summary>Whether a person wants a topic.</summary>
public enum TopicStance
{
    Covers,
    Refuses,
}

/// <summary>How much of a person's work a topic is, as declared.</summary>
public enum TopicStrength
{
    Some,
    Main,
}

/// <summary>One topic of a person: covered or refused, how much, and what says so.</summary>
[Access(Right.WriteContacts)]
public sealed class InfluencerTopic : Entity, IWritable<InfluencerTopic, InfluencerTopicChanges>
{
    private InfluencerTopic()
    {
    }

    public InfluencerTopic(int topicId)
    {
        TopicId = topicId;
    }

    public int InfluencerId { get; private set; }

    public int TopicId { get; private set; }

    public Topic? Topic { get; private set; }

    /// <summary>0 to 1; 1 for a main topic, 0.5 for one among others, unless given.</summary>
    public double Weight { get; private set; } = 0.5;

    public TopicStance Stance { get; private set; }

    public TopicStrength Strength { get; private set; }

    /// <summary>Where it is known from.</summary>
    public string? Source { get; private set; }

    /// <summary>How many pieces and answers speak for it.</summary>
    public int EvidenceCount { get; private set; }

    /// <summary>When the newest evidence was published.</summary>
    public DateTime? LastEvidenceAt { get; private set; }

    public static InfluencerTopic Create(InfluencerTopicChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var topic = new InfluencerTopic(changes.TopicId.Required("topicId"));
        topic.Apply(changes);
        return topic;
    }

    public void Apply(InfluencerTopicChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        TopicId = changes.TopicId.Or(TopicId);
        Stance = changes.Stance.Or(Stance);
        Strength = changes.Strength.Or(Strength);
        var weight = changes.Weight.IsSet ? changes.Weight.Value
            : changes.Strength.IsSet ? (Strength == TopicStrength.Main ? 1 : 0.5)
            : Weight;
        Weight = Check.Between(weight, 0, 1, "weight")!.Value;
        Source = changes.Source.Or(Source);
        EvidenceCount = Check.NotNegative(changes.EvidenceCount.Or(EvidenceCount), "evidenceCount")!.Value;
        LastEvidenceAt = Check.Utc(changes.LastEvidenceAt.Or(LastEvidenceAt));
    }

    public void BelongTo(int influencerId) => InfluencerId = influencerId;
}

/// <summary>What may be sent for a person's topic.</summary>
public sealed record InfluencerTopicChanges
{
    public Optional<int> TopicId { get; init; }

    /// <summary>0 to 1.</summary>
    public Optional<double> Weight { get; init; }

    public Optional<TopicStance> Stance { get; init; }

    public Optional<TopicStrength> Strength { get; init; }

    public Optional<string?> Source { get; init; }

    public Optional<int> EvidenceCount { get; init; }

    public Optional<DateTime?> LastEvidenceAt { get; init; }
}

internal sealed class InfluencerTopicConfiguration : IEntityTypeConfiguration<InfluencerTopic>
{
    public void Configure(EntityTypeBuilder<InfluencerTopic> builder)
    {
        builder.HasOne<Influencer>().WithMany(i => i.Topics).HasForeignKey(t => t.InfluencerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(t => t.Topic).WithMany().HasForeignKey(t => t.TopicId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(t => new { t.InfluencerId, t.TopicId }).IsUnique();

        // Who covers a topic: starts at the topic.
        builder.HasIndex(t => new { t.TopicId, t.Stance, t.InfluencerId });
    }
}
