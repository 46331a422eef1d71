namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>A message this host holds by its lease, and what its mail is made with.</summary>
/// <param name="Message">The row as it was when claimed; not tracked.</param>
/// <param name="Lane">Whose transport it goes through.</param>
/// <param name="Token">The claim: who holds it may write.</param>
/// <param name="Limits">The budgets it was taken from at <paramref name="TakenAt"/>.</param>
internal sealed record ClaimedMessage(LaneScope Lane, Message Message, Guid Token, SendOutMails Mails, IReadOnlyList<RateLimit> Limits, DateTime TakenAt)
{
    public long Id => Message.Id;

    public SendOut SendOut => Mails.SendOut;
}

/// <summary>A message that is about to begin, with its mail.</summary>
internal sealed record Intent(ClaimedMessage Claimed, OutgoingMail Mail);

/// <summary>What became of a message.</summary>
/// <param name="Subject">As the mail had it, for the history.</param>
/// <param name="Begun">False: its mail could not even be made, so the row never left the queue.</param>
internal sealed record Delivery(ClaimedMessage Claimed, DeliveryAnswer Answer, DateTime At, string? Subject, bool Begun = true);
