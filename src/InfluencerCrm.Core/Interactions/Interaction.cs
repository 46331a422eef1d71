using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.Stories;

namespace InfluencerCrm.Core.Interactions;

/// <summary>One dated entry of the history with a person, planned or done.</summary>
[Access(Right.WriteContacts)]
public sealed class Interaction : LongEntity, IWritable<Interaction, InteractionChanges>, IOfInfluencer, IClientOwned, ICampaignOwned
{
    private bool _statusGiven;

    private Interaction()
    {
    }

    public Interaction(int? influencerId, InteractionKind kind, InteractionStatus status, DateTime occurredAt)
    {
        InfluencerId = influencerId;
        Kind = kind;
        Status = status;
        OccurredAt = Check.Utc(occurredAt)!.Value;
        _statusGiven = true;
    }

    public int? InfluencerId { get; private set; }

    public Influencer? Influencer { get; private set; }

    /// <summary>Who else took part.</summary>
    public List<InteractionParticipant> Participants { get; private set; } = [];

    public InteractionKind Kind { get; private set; }

    public InteractionStatus Status { get; private set; }

    public InteractionDirection Direction { get; private set; }

    /// <summary>By which means, in words.</summary>
    public string? Channel { get; private set; }

    /// <summary>When it happened or is planned.</summary>
    public DateTime OccurredAt { get; private set; }

    /// <summary>End of a meeting or event.</summary>
    public DateTime? EndsAt { get; private set; }

    /// <summary>Where it takes place.</summary>
    public string? Location { get; private set; }

    /// <summary>What it is about, in a line.</summary>
    public string? Subject { get; private set; }

    /// <summary>What was said.</summary>
    public string? Notes { get; private set; }

    public InteractionOutcome Outcome { get; private set; }

    /// <summary>Whom the person sent us to.</summary>
    public int? RedirectedToId { get; private set; }

    public Sentiment? Sentiment { get; private set; }

    public int? ClientId { get; private set; }

    public Client? Client { get; private set; }

    public int? CampaignId { get; private set; }

    public Campaign? Campaign { get; private set; }

    public int? StoryId { get; private set; }

    public Story? Story { get; private set; }

    public int? SendOutId { get; private set; }

    /// <summary>The message this entry records; one entry a message.</summary>
    public long? MessageId { get; private set; }

    public int? CoverageId { get; private set; }

    public int? RequestId { get; private set; }

    public int? OutletId { get; private set; }

    public Outlet? Outlet { get; private set; }

    /// <summary>What is to be done next.</summary>
    public string? NextStep { get; private set; }

    /// <summary>Until when the next step is to be done.</summary>
    public DateTime? NextStepDueAt { get; private set; }

    /// <summary>The user who wrote the entry; empty for the product itself.</summary>
    public int? LoggedBy { get; private set; }

    public static Interaction Create(InteractionChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var interaction = new Interaction { Kind = changes.Kind.Required("kind") };
        interaction.Apply(changes);
        return interaction;
    }

    public void Apply(InteractionChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        InfluencerId = changes.InfluencerId.Or(InfluencerId);
        Kind = changes.Kind.Or(Kind);
        Status = changes.Status.Or(Status);
        _statusGiven |= changes.Status.IsSet;
        Direction = changes.Direction.Or(Direction);
        Channel = changes.Channel.Or(Channel);
        OccurredAt = Check.Utc(changes.OccurredAt.Or(OccurredAt))!.Value;
        EndsAt = Check.Utc(changes.EndsAt.Or(EndsAt));
        Location = changes.Location.Or(Location);
        Subject = changes.Subject.Or(Subject);
        Notes = changes.Notes.Or(Notes);
        Outcome = changes.Outcome.Or(Outcome);
        RedirectedToId = changes.RedirectedToId.Or(RedirectedToId);
        Sentiment = changes.Sentiment.Or(Sentiment);
        ClientId = changes.ClientId.Or(ClientId);
        CampaignId = changes.CampaignId.Or(CampaignId);
        StoryId = changes.StoryId.Or(StoryId);
        SendOutId = changes.SendOutId.Or(SendOutId);
        MessageId = changes.MessageId.Or(MessageId);
        CoverageId = changes.CoverageId.Or(CoverageId);
        RequestId = changes.RequestId.Or(RequestId);
        OutletId = changes.OutletId.Or(OutletId);
        NextStep = changes.NextStep.Or(NextStep);
        NextStepDueAt = Check.Utc(changes.NextStepDueAt.Or(NextStepDueAt));
        Check.Period(OccurredAt == default ? null : OccurredAt, EndsAt, "endsAt");
        if (RedirectedToId is not null && RedirectedToId == InfluencerId)
        {
            throw new RuleViolation("redirectedToSelf", "A person cannot send us to themselves.", "redirectedToId");
        }
    }

    public void BelongTo(int influencerId) => InfluencerId = influencerId;

    /// <summary>Ties an entry the product writes to what it is about.</summary>
    public Interaction About(int? clientId, int? campaignId, int? storyId, int? sendOutId, long? messageId)
    {
        (ClientId, CampaignId, StoryId, SendOutId, MessageId) = (clientId, campaignId, storyId, sendOutId, messageId);
        return this;
    }

    /// <summary>Fills in what a new entry left open: when it was, who wrote it, and that what lies ahead is planned.</summary>
    internal void Log(DateTime now, int? userId)
    {
        OccurredAt = OccurredAt == default ? now : OccurredAt;
        LoggedBy ??= userId;
        if (!_statusGiven)
        {
            Status = OccurredAt > now ? InteractionStatus.Planned : InteractionStatus.Done;
        }
    }
}
