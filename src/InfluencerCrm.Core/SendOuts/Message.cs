using System.Security.Cryptography;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Work;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>One mail, or one manual task, to one person: its state and the server's answer.</summary>
[Access(Right.Send)]
[NotAudited]
public sealed class Message : LongEntity, IDueRow, IClientOwned, ICampaignOwned
{
    /// <summary>The longest a connection may work on one message.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(11);

    private Message()
    {
    }

    public Message(SendOut sendOut, MessagePlan plan)
    {
        ArgumentNullException.ThrowIfNull(sendOut);
        ArgumentNullException.ThrowIfNull(plan);
        SendOutId = sendOut.Id;
        ClientId = sendOut.ClientId;
        CampaignId = sendOut.CampaignId;
        InfluencerId = plan.InfluencerId;
        Channel = plan.Channel;
        ToName = plan.ToName;
        ToAddress = plan.ToAddress;
        Language = plan.Language;
        Locale = plan.Locale;
        Subject = plan.Subject;
        VariantId = plan.VariantId;
        Values = plan.Values;
        SkipReason = plan.SkipReason;
        Status = plan.SkipReason is null ? MessageStatus.Queued : MessageStatus.Skipped;
        AddressKey = plan.SkipReason is null ? plan.AddressKey : null;
        DueAt = plan.SkipReason is null ? plan.DueAt : null;
        Token = RandomNumberGenerator.GetHexString(24, lowercase: true);
        InternetMessageId = plan.SkipReason is null && plan.MessageIdDomain is { } domain ? $"{Token}@{domain}" : null;
    }

    public int SendOutId { get; private set; }

    public SendOut? SendOut { get; private set; }

    /// <summary>Copied from the send-out, so that the wall holds without a join.</summary>
    public int? ClientId { get; private set; }

    /// <summary>Copied from the send-out, so that a confidential campaign stays hidden without a join.</summary>
    public int? CampaignId { get; private set; }

    public int? InfluencerId { get; private set; }

    public Influencer? Influencer { get; private set; }

    public MessageChannel Channel { get; private set; }

    public string? ToName { get; private set; }

    /// <summary>Where it goes; empty after an erasure.</summary>
    public string? ToAddress { get; private set; }

    /// <summary>The address in normal form: one mail of a send-out to an address. Null on skipped and cancelled rows.</summary>
    public string? AddressKey { get; private set; }

    /// <summary>BCP 47, of the chosen variant.</summary>
    public string? Language { get; private set; }

    public string? Locale { get; private set; }

    /// <summary>Subject as sent; empty after an erasure.</summary>
    public string? Subject { get; private set; }

    public MessageStatus Status { get; private set; }

    public SkipReason? SkipReason { get; private set; }

    /// <summary>When it is to leave.</summary>
    public DateTime? DueAt { get; private set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; private set; }

    /// <summary>The server's last words.</summary>
    public string? LastResponse { get; private set; }

    /// <summary>Without angle brackets; carries <see cref="Token"/>.</summary>
    public string? InternetMessageId { get; private set; }

    /// <summary>When the server took it.</summary>
    public DateTime? SentAt { get; private set; }

    /// <summary>When it came back, or was given up because its mailbox took no mail for days.</summary>
    public DateTime? BouncedAt { get; private set; }

    /// <summary>When the first reply came.</summary>
    public DateTime? RepliedAt { get; private set; }

    /// <summary>When a copy of it is to be put into the Sent folder; null: none is, or it lies there.</summary>
    public DateTime? CopyDueAt { get; private set; }

    /// <summary>96 random bits in hexadecimal: in the Message-ID, the return path and the unsubscribe link; knows nothing of the person.</summary>
    public string Token { get; private set; } = "";

    /// <summary>The variant that was chosen; null: the send-out's own templates.</summary>
    public int? VariantId { get; private set; }

    public string? Values { get; private set; }

    public Guid? ClaimToken { get; private set; }

    public DateTime? LeaseUntil { get; private set; }

    /// <summary>A person says that the mail did leave, or that the manual task is done.</summary>
    public void MarkSent(DateTime now)
    {
        if (Status != MessageStatus.Unconfirmed && !(Status == MessageStatus.Queued && Channel == MessageChannel.Manual))
        {
            throw WrongState("marked as sent");
        }

        // The due time stays: the mail's Date comes from it, so that it can be shown again as it left.
        Status = MessageStatus.Sent;
        SentAt = now;
        Unclaim();
    }

    /// <summary>A person takes the risk of a second copy. The row is used again, with the same Message-ID.</summary>
    /// <exception cref="Conflict">It is not unconfirmed, or the connection that had it may still be at work.</exception>
    public void SendAgain(DateTime now)
    {
        if (Status != MessageStatus.Unconfirmed)
        {
            throw WrongState("sent again");
        }

        if (LeaseUntil + Deadline > now)
        {
            throw new Conflict("stillInFlight", $"The connection that had this message may still be at work; try again after {LeaseUntil + Deadline:u}.");
        }

        Status = MessageStatus.Queued;
        DueAt = now;

        // A late answer of the host that had it finds another token and changes nothing.
        Unclaim();
    }

    /// <summary>Removes what is personal when the person is erased; the count stays.</summary>
    internal void Blank()
    {
        if (Status is MessageStatus.Queued or MessageStatus.Deferred)
        {
            Status = MessageStatus.Cancelled;
            DueAt = null;
        }

        CopyDueAt = null;
        ToName = ToAddress = AddressKey = Subject = Values = LastResponse = null;
    }

    private void Unclaim()
    {
        ClaimToken = null;
        LeaseUntil = null;
    }

    private Conflict WrongState(string act) =>
        new("wrongState", $"The message is {Words.Camel(Status.ToString())}; it cannot be {act}.", "status");
}
