using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Inbound;

/// <summary>
/// Does what a mail says. The caller holds the transaction, and answers for it that the mail may. Rows are changed by conditions in the
/// database, not by what was read before: the dispatcher and other mails write them at the same time.
/// </summary>
public sealed class ApplyMail(CrmDbContext db, ConfirmMessage confirm, MarkAddress mark, BounceAddress bounce, ReviveAddress revive, OptOut optOut, StopFollowUps stop, SoftBounces soft, LastInteraction last)
{
    public const string Source = "mail";

    public async Task ToMessageAsync(InboundMail mail, Message message, DateTime now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(message);

        // A report has a row for each recipient; what it says about this one counts.
        if (mail.Action == ReportedAction.Failed)
        {
            await BounceAsync(mail, message, now, ct);
            return;
        }

        // Whatever else comes home shows that the mail left.
        await confirm.ExecuteAsync(message, now, ct);
        if (mail.Kind == InboundKind.Reply || (mail.Kind == InboundKind.Other && mail.Action is null))
        {
            await db.Messages.Where(m => m.Id == message.Id && m.RepliedAt == null).UpdateRowsAsync(now, set => set.SetProperty(m => m.RepliedAt, now), ct);
            await stop.ExecuteAsync(message, now, ct);
            await revive.ExecuteAsync(AddressKey.Of(mail.FromAddress), now, ct);
        }

        if (message.InfluencerId is { } person)
        {
            await ToPersonAsync(mail, person, message, now, ct);
        }
    }

    /// <param name="message">Null: a person says whom the mail is from, and no message of ours is known.</param>
    public async Task ToPersonAsync(InboundMail mail, int person, Message? message, DateTime now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (mail.LoggedById is { } user)
        {
            await LogByHandAsync(mail, person, user, now, ct);
            return;
        }

        switch (mail.Kind)
        {
            case InboundKind.Reply or InboundKind.Other when mail.Action is null:
                await LogAsync(mail, person, message, now, ct);
                break;
            case InboundKind.AutoReply when mail.AwayUntil is { } until && until > now:
                await db.Influencers.IgnoreQueryFilters([Filters.Archived]).Where(i => i.Id == person && (i.AwayUntil == null || i.AwayUntil < until))
                    .UpdateRowsAsync(now, set => set.SetProperty(i => i.AwayUntil, until), ct);
                break;
            case InboundKind.Unsubscribe:
                await optOut.ExecuteAsync(person, message?.ToAddress, null, SuppressionReason.Unsubscribe, Source, ct);
                break;
            case InboundKind.Complaint:
                await optOut.ExecuteAsync(person, message?.ToAddress, null, SuppressionReason.Complaint, Source, ct);
                await mark.ExecuteAsync(AddressKey.Of(message?.ToAddress ?? mail.Recipient), EmailStatus.Complained, now, ct);
                break;
            case InboundKind.Bounce when mail.BounceType == BounceType.Hard:
                await bounce.ExecuteAsync(AddressKey.Of(mail.Recipient), SourceOf(mail), ct);
                break;
        }
    }

    private async Task BounceAsync(InboundMail mail, Message message, DateTime now, CancellationToken ct)
    {
        var words = WordsOf(mail);
        words = words.Length > InboundMailConfiguration.ReasonLength ? words[..InboundMailConfiguration.ReasonLength] : words;
        await db.Messages.Where(m => m.Id == message.Id && (m.Status == MessageStatus.Sent || m.Status == MessageStatus.Unconfirmed)).UpdateRowsAsync(
            now,
            set => set.SetProperty(m => m.Status, MessageStatus.Bounced).SetProperty(m => m.BouncedAt, now).SetProperty(m => m.LastResponse, words)
                .SetProperty(m => m.ClaimToken, (Guid?)null).SetProperty(m => m.LeaseUntil, (DateTime?)null),
            ct);
        if (mail.BounceType == BounceType.Hard || await soft.AreTooManyAsync(message, now, ct))
        {
            await bounce.ExecuteAsync(AddressKey.Of(message.ToAddress), SourceOf(mail), ct);
        }
    }

    private static string WordsOf(InboundMail mail) => $"{mail.StatusCode} {mail.Reason}".Trim() is { Length: > 0 } said ? said : "The mail came back without a reason.";

    private static string SourceOf(InboundMail mail) => $"{Source} {mail.Id}: {WordsOf(mail)}";

    /// <summary>A mail that the user sent: one entry, with everybody it went to. Whether it pitched is not for a machine to say.</summary>
    private async Task LogByHandAsync(InboundMail mail, int person, int user, DateTime now, CancellationToken ct)
    {
        var others = mail.AlsoTo.Where(p => p != person).ToList();
        var entry = Interaction.Create(new()
        {
            InfluencerId = person,
            Kind = InteractionKind.Email,
            Status = InteractionStatus.Done,
            Direction = InteractionDirection.Outbound,
            Channel = "email",
            OccurredAt = mail.WrittenAt,
            Subject = mail.Subject,
            Notes = mail.ReplyText,
        });
        entry.Participants.AddRange(others.Select(p => new InteractionParticipant(p, null)));
        entry.Log(now, user);
        db.Add(entry);
        await db.SaveChangesAsync(ct);
        foreach (var known in others.Prepend(person))
        {
            await last.UpdateAsync(known, ct);
        }
    }

    /// <summary>Into the history; what the reply means is for a person to say.</summary>
    private async Task LogAsync(InboundMail mail, int person, Message? message, DateTime now, CancellationToken ct)
    {
        var said = new InteractionChanges
        {
            InfluencerId = person,
            Channel = "email",
            OccurredAt = message?.SentAt is { } sent && mail.WrittenAt < sent ? now : mail.WrittenAt,
            Subject = mail.Subject,
            Notes = mail.ReplyText,
        };
        db.Add(ReceivedReply.InHistory(said, message, now));
        await db.SaveChangesAsync(ct);
        await last.UpdateAsync(person, ct);
    }
}
