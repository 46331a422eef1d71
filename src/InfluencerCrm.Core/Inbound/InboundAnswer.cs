namespace InfluencerCrm.Core.Inbound;

/// <summary>What a mail that was handed in is, and whom it is about.</summary>
/// <param name="Bounce">Of a bounce.</param>
/// <param name="MessageId">The message of ours it answers or reports on; null: none, or one that the caller may not see.</param>
/// <param name="InfluencerId">The person, by the message, else by the address.</param>
/// <param name="ReplyText">What was written, without quoted text and signature; null for reports.</param>
public sealed record InboundAnswer(InboundKind Kind, BounceAnswer? Bounce, long? MessageId, int? InfluencerId, string? ReplyText)
{
    internal static InboundAnswer Of(InboundMail mail, bool seesMessage) => new(
        mail.Kind,
        mail.Kind == InboundKind.Bounce ? new BounceAnswer(mail.BounceType ?? BounceType.Soft, mail.Recipient, mail.StatusCode, mail.Reason) : null,
        seesMessage ? mail.MessageId : null,
        mail.InfluencerId,
        mail.ReplyText);
}

/// <summary>Why a mail of ours was not delivered.</summary>
/// <param name="Status">Enhanced status (RFC 3463), for example <c>5.1.1</c>; null: the server gave none.</param>
/// <param name="Reason">The server's words; null: it gave none.</param>
public sealed record BounceAnswer(BounceType Type, string? Recipient, string? Status, string? Reason);
