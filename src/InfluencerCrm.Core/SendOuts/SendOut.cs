using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.MediaLists;
using InfluencerCrm.Core.Stories;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>One mailing of a story to a list, for a purpose, in one or more variants; what it says changes only while it is a draft.</summary>
[Access(Right.WritePlans)]
public sealed partial class SendOut : Entity, IWritable<SendOut, SendOutChanges>, IClientOwned, ICampaignOwned, IArchivable
{
    private SendOut()
    {
    }

    public SendOut(string name, SendOutPurpose purpose)
    {
        Name = name;
        Purpose = purpose;
    }

    /// <summary>What the team calls it; recipients do not see it.</summary>
    public string Name { get; private set; } = "";

    public int? ClientId { get; private set; }

    public Client? Client { get; private set; }

    public int? CampaignId { get; private set; }

    public Campaign? Campaign { get; private set; }

    public int? StoryId { get; private set; }

    public Story? Story { get; private set; }

    public int? MediaListId { get; private set; }

    public MediaList? MediaList { get; private set; }

    public SendOutPurpose Purpose { get; private set; }

    /// <summary>Liquid; of the default variant.</summary>
    public string SubjectTemplate { get; private set; } = "";

    /// <summary>Markdown with Liquid; of the default variant.</summary>
    public string BodyTemplate { get; private set; } = "";

    public AssetMode AssetMode { get; private set; }

    /// <summary>The account that it leaves by.</summary>
    public int? SenderAccountId { get; private set; }

    public SenderAccount? SenderAccount { get; private set; }

    /// <summary>Sender's name in the mails; empty: the account's.</summary>
    public string? FromName { get; private set; }

    /// <summary>Sender's address in the mails; empty: the account's.</summary>
    public string? FromAddress { get; private set; }

    /// <summary>Where replies go; empty: to the sender.</summary>
    public string? ReplyTo { get; private set; }

    /// <summary>When it begins to leave.</summary>
    public DateTime? ScheduledAt { get; private set; }

    public SendOutTiming Timing { get; private set; }

    /// <summary>For <see cref="SendOutTiming.RecipientLocalTime"/>.</summary>
    public TimeOnly? LocalTimeOfDay { get; private set; }

    /// <summary>Time of day, in the recipient's zone, from which mails may leave; with <see cref="WindowUntil"/> it takes the place of the agency's window.</summary>
    public TimeOnly? WindowFrom { get; private set; }

    /// <summary>Time of day, in the recipient's zone, until which mails may leave.</summary>
    public TimeOnly? WindowUntil { get; private set; }

    /// <summary>Days without mails, beside the agency's: <c>saturday</c>, <c>2026-12-25</c>, or <c>12-25</c> of every year.</summary>
    public List<string> QuietDays { get; private set; } = [];

    /// <summary>Windows and quiet days, the agency's too, do not hold: a statement that cannot wait.</summary>
    public bool AnyTime { get; private set; }

    /// <summary>What happens to people who are away.</summary>
    public AwayRule WhenAway { get; private set; }

    /// <summary>When the stop switch stopped it; empty: it is not stopped.</summary>
    public DateTime? StoppedAt { get; private set; }

    /// <summary>Who stopped it.</summary>
    public int? StoppedById { get; private set; }

    /// <summary>Why it was stopped.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Pace; empty: the account's.</summary>
    public int? MessagesPerMinute { get; private set; }

    /// <summary>The send-out whose silent recipients get this one.</summary>
    public int? FollowUpOfId { get; private set; }

    /// <summary>Days of silence before it leaves.</summary>
    public int? FollowUpAfterDays { get; private set; }

    public SendOutStatus Status { get; private set; }

    /// <summary>Why it is paused, in words for people: who stopped it, or which failures did.</summary>
    public string? PauseReason { get; private set; }

    public DateTime? ArchivedAt { get; private set; }

    public List<SendOutVariant> Variants { get; private set; } = [];

    public List<Message> Messages { get; private set; } = [];

    public List<SendOutAsset> Assets { get; private set; } = [];

    public static SendOut Create(SendOutChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var sendOut = new SendOut(changes.Name.Required("name"), changes.Purpose.Or(SendOutPurpose.Pitch));
        sendOut.Apply(changes);
        return sendOut;
    }

    public void Apply(SendOutChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ClientId = InDraft(changes.ClientId, ClientId, "clientId");
        CampaignId = InDraft(changes.CampaignId, CampaignId, "campaignId");
        StoryId = InDraft(changes.StoryId, StoryId, "storyId");
        MediaListId = InDraft(changes.MediaListId, MediaListId, "mediaListId");
        Purpose = InDraft(changes.Purpose, Purpose, "purpose");
        SubjectTemplate = InDraft(changes.SubjectTemplate, SubjectTemplate, "subjectTemplate") ?? "";
        BodyTemplate = InDraft(changes.BodyTemplate, BodyTemplate, "bodyTemplate") ?? "";
        AssetMode = InDraft(changes.AssetMode, AssetMode, "assetMode");
        SenderAccountId = InDraft(changes.SenderAccountId, SenderAccountId, "senderAccountId");
        FromName = InDraft(changes.FromName, FromName, "fromName");
        FromAddress = Address(changes.FromAddress, FromAddress, "fromAddress");
        ReplyTo = Address(changes.ReplyTo, ReplyTo, "replyTo");
        ScheduledAt = Check.Utc(InDraft(changes.ScheduledAt, ScheduledAt, "scheduledAt"));
        Timing = InDraft(changes.Timing, Timing, "timing");
        LocalTimeOfDay = InDraft(changes.LocalTimeOfDay, LocalTimeOfDay, "localTimeOfDay");
        WindowFrom = InDraft(changes.WindowFrom, WindowFrom, "windowFrom");
        WindowUntil = InDraft(changes.WindowUntil, WindowUntil, "windowUntil");
        QuietDays = Days(changes.QuietDays);
        AnyTime = InDraft(changes.AnyTime, AnyTime, "anyTime");
        WhenAway = InDraft(changes.WhenAway, WhenAway, "whenAway");
        FollowUpOfId = InDraft(changes.FollowUpOfId, FollowUpOfId, "followUpOfId");
        FollowUpAfterDays = Check.NotNegative(InDraft(changes.FollowUpAfterDays, FollowUpAfterDays, "followUpAfterDays"), "followUpAfterDays");
        Name = changes.Name.Or(Name);

        // The pace may be eased while mails leave.
        MessagesPerMinute = changes.MessagesPerMinute.Or(MessagesPerMinute);
        CheckValues();
    }

    internal void BelongTo(int? clientId) => ClientId = clientId;

    internal void Tell(int? storyId) => StoryId = storyId;

    public void Archive(DateTime now)
    {
        RequireState("archived", SendOutStatus.Draft, SendOutStatus.Completed, SendOutStatus.Cancelled);
        ArchivedAt = now;
    }

    public void Restore() => ArchivedAt = null;

    private void CheckValues()
    {
        if (MessagesPerMinute is < 1)
        {
            throw new RuleViolation("outOfRange", "messagesPerMinute must be 1 or more.", "messagesPerMinute");
        }

        if (Timing == SendOutTiming.RecipientLocalTime && LocalTimeOfDay is null)
        {
            throw new RuleViolation("required", "localTimeOfDay must be given when mails leave at the recipients' local time.", "localTimeOfDay");
        }

        if (WindowFrom >= WindowUntil)
        {
            throw new RuleViolation("outOfRange", "windowFrom must be before windowUntil; a window does not go over midnight.", "windowFrom");
        }

        if (Purpose == SendOutPurpose.FollowUp && FollowUpAfterDays < Planning.EarlierMessages.LeastDays)
        {
            throw new RuleViolation("outOfRange", $"followUpAfterDays must be {Planning.EarlierMessages.LeastDays} or more: a reminder before that is no kindness.", "followUpAfterDays");
        }

        if (FollowUpOfId is not null && FollowUpOfId == Id)
        {
            throw new RuleViolation("ownParent", "A send-out cannot follow up itself.", "followUpOfId");
        }
    }

    /// <summary>Only what is new is looked at, so that a row of old stays changeable.</summary>
    private string? Address(Optional<string?> sent, string? current, string member) =>
        InDraft(sent, current, member) is var value && value == current ? current : Check.EmailAddress(value, member);

    private List<string> Days(Optional<List<string>?> sent)
    {
        var days = sent.IsSet ? Planning.QuietDays.Checked(sent.Value, "quietDays") : QuietDays;
        return days.SequenceEqual(QuietDays) ? QuietDays : InDraft(new Optional<List<string>>(days), QuietDays, "quietDays");
    }

    private T InDraft<T>(Optional<T> sent, T current, string member)
    {
        // A PUT repeats what is there; only a difference is a change.
        if (!sent.IsSet || Status == SendOutStatus.Draft || EqualityComparer<T>.Default.Equals(sent.Value, current)
            || (sent.Value is DateTime at && current is DateTime was && Check.Utc(at) == was))
        {
            return sent.Or(current);
        }

        throw new Conflict("wrongState", $"The send-out is {Words.Camel(Status.ToString())}; {member} changes only in draft.", member);
    }
}
