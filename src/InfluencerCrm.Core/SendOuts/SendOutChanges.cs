using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>What may be sent for a send-out; its state changes by actions only.</summary>
public sealed record SendOutChanges
{
    public Optional<string> Name { get; init; }

    public Optional<int?> ClientId { get; init; }

    public Optional<int?> CampaignId { get; init; }

    public Optional<int?> StoryId { get; init; }

    public Optional<int?> MediaListId { get; init; }

    public Optional<SendOutPurpose> Purpose { get; init; }

    /// <summary>Liquid.</summary>
    public Optional<string> SubjectTemplate { get; init; }

    /// <summary>Markdown with Liquid.</summary>
    public Optional<string> BodyTemplate { get; init; }

    public Optional<AssetMode> AssetMode { get; init; }

    public Optional<int?> SenderAccountId { get; init; }

    public Optional<string?> FromName { get; init; }

    public Optional<string?> FromAddress { get; init; }

    public Optional<string?> ReplyTo { get; init; }

    public Optional<DateTime?> ScheduledAt { get; init; }

    public Optional<SendOutTiming> Timing { get; init; }

    public Optional<TimeOnly?> LocalTimeOfDay { get; init; }

    public Optional<TimeOnly?> WindowFrom { get; init; }

    public Optional<TimeOnly?> WindowUntil { get; init; }

    public Optional<List<string>?> QuietDays { get; init; }

    public Optional<bool> AnyTime { get; init; }

    public Optional<AwayRule> WhenAway { get; init; }

    public Optional<int?> MessagesPerMinute { get; init; }

    public Optional<int?> FollowUpOfId { get; init; }

    public Optional<int?> FollowUpAfterDays { get; init; }
}
