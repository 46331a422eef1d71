using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Core.Inbound;

/// <summary>A mail that came in: what it says, which of our messages it is about, and what became of it. The mail itself is not kept.</summary>
[Access(Right.WriteContacts)]
[NotAudited]
public sealed class InboundMail : LongEntity, IClientOwned, ICampaignOwned
{
    /// <summary>How long a person may take to look at a mail that waits.</summary>
    public static readonly TimeSpan TimeToLook = TimeSpan.FromDays(2);

    private InboundMail()
    {
    }

    public InboundMail(string mailKey, MailReading reading, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(reading);
        MailKey = mailKey;
        ReceivedAt = now;
        Kind = reading.Kind;
        FromAddress = reading.FromAddress;
        Subject = reading.Subject;
        ReplyText = reading.ReplyText;
        WrittenAt = reading.Date is { } date && date < now ? date : now;
        AwayUntil = reading.BackOn?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
    }

    public InboundKind Kind { get; private set; }

    public InboundState State { get; private set; }

    /// <summary>Why it waits, or waited.</summary>
    public InboundProblem? Problem { get; private set; }

    /// <summary>By when somebody should look; null when nobody need.</summary>
    public DateTime? DueAt { get; private set; }

    /// <summary>When it was taken.</summary>
    public DateTime ReceivedAt { get; private set; }

    /// <summary>By the mail's own date, as far as that can be.</summary>
    public DateTime WrittenAt { get; private set; }

    /// <summary>Who wrote it, by its From header; empty after an erasure.</summary>
    public string? FromAddress { get; private set; }

    /// <summary>In one line; empty after an erasure.</summary>
    public string? Subject { get; private set; }

    /// <summary>What the person wrote, without quoted text and signature.</summary>
    public string? ReplyText { get; private set; }

    /// <summary>Of a report: what it says happened.</summary>
    public ReportedAction? Action { get; private set; }

    public BounceType? BounceType { get; private set; }

    /// <summary>Of a report: the address it is about.</summary>
    public string? Recipient { get; private set; }

    /// <summary>Of a report: the enhanced status (RFC 3463).</summary>
    public string? StatusCode { get; private set; }

    /// <summary>Of a report: the server's words.</summary>
    public string? Reason { get; private set; }

    /// <summary>Of an automatic answer: when the person is back.</summary>
    public DateTime? AwayUntil { get; private set; }

    /// <summary>The message it answers or reports on.</summary>
    public long? MessageId { get; private set; }

    /// <summary>Whom it is from, or about; while it waits, by the address alone.</summary>
    public int? InfluencerId { get; private set; }

    /// <summary>Copied from the message, so that the wall holds without a join.</summary>
    public int? ClientId { get; private set; }

    /// <summary>Copied from the message, so that a confidential campaign stays hidden without a join.</summary>
    public int? CampaignId { get; private set; }

    /// <summary>When a person has looked.</summary>
    public DateTime? ResolvedAt { get; private set; }

    /// <summary>The user who looked.</summary>
    public int? ResolvedById { get; private set; }

    /// <summary>The user who sent it by hand, and to their logging address too; null: it came from somebody else.</summary>
    public int? LoggedById { get; private set; }

    /// <summary>Of a mail sent by hand: whom it went to besides <see cref="InfluencerId"/>.</summary>
    public List<int> AlsoTo { get; private set; } = [];

    /// <summary>Hash of Message-ID and sender, or of the whole mail: each is taken once.</summary>
    public string MailKey { get; private set; } = "";

    internal void Reports(RecipientReport report)
    {
        (Action, BounceType, Recipient, StatusCode, Reason) = (report.Action, report.Type, report.Recipient, report.Status, report.Reason);
    }

    internal void IsAbout(Message message)
    {
        (MessageId, InfluencerId, ClientId, CampaignId) = (message.Id, message.InfluencerId, message.ClientId, message.CampaignId);
    }

    internal void IsLoggedBy(int userId, IReadOnlyList<int> people)
    {
        (Kind, LoggedById) = (InboundKind.Other, userId);
        InfluencerId = people.Count > 0 ? people[0] : null;
        AlsoTo = [.. people.Skip(1)];
    }

    internal void SeemsToBeOf(int? influencerId) => InfluencerId ??= influencerId;

    internal void Wait(InboundProblem problem, DateTime now)
    {
        State = InboundState.Waiting;
        Problem = problem;
        DueAt = now + TimeToLook;
    }

    internal void Resolve(bool applied, int? influencerId, int? userId, DateTime now)
    {
        if (State != InboundState.Waiting)
        {
            throw new Conflict("wrongState", $"The mail is {Words.Camel(State.ToString())}; only one that waits can be resolved.", "state");
        }

        State = applied ? InboundState.Applied : InboundState.Dismissed;
        InfluencerId = influencerId ?? InfluencerId;
        DueAt = null;
        ResolvedAt = now;
        ResolvedById = userId;
    }
}
