using System.Security.Cryptography;
using System.Text;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Inbound.ByHand;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Inbound;

/// <summary>
/// Takes a mail that came in, and lets it do what it may do by itself; whatever it is not certain about waits for a person. Each mail
/// is taken once: handed in again it gets the same answer and changes nothing.
/// </summary>
public sealed class ReceiveMail(CrmDbContext db, CurrentActor scope, IMailReader reader, MatchMail match, MatchByHand byHand, ApplyMail apply, DatabaseErrors errors, TimeProvider clock)
{
    /// <summary>Larger mails are not taken; no report or reply needs it.</summary>
    public const int MaxBytes = 25 * 1024 * 1024;

    /// <param name="mail">As it came over the wire; any bytes.</param>
    /// <exception cref="TooLarge">It is larger than <see cref="MaxBytes"/>.</exception>
    public async Task<InboundAnswer> ExecuteAsync(ReadOnlyMemory<byte> mail, CancellationToken ct)
    {
        var actor = scope.Required;
        actor.Require(Right.WriteContacts);
        if (mail.Length > MaxBytes)
        {
            throw new TooLarge($"A mail of at most {MaxBytes / 1024 / 1024} MB is taken.");
        }

        var reading = reader.Read(mail, ct);
        InboundMail taken;
        try
        {
            // Who hands a mail in need not see the client it is about; what it does is the product's act.
            scope.Become(Actor.System);
            var logged = await byHand.ExecuteAsync(reading, ct);
            taken = await TakeAsync(KeyOf(reading, logged, mail.Span), reading, logged, null, ct);
        }
        finally
        {
            scope.Become(actor);
        }

        var sees = taken.MessageId is { } message && await db.Messages.AnyAsync(m => m.Id == message, ct);
        return InboundAnswer.Of(taken, sees);
    }

    /// <summary>Keeps a mail that is not read whole as a row that waits for a person; it changes nothing by itself.</summary>
    /// <param name="header">What there is of its header; empty: nothing.</param>
    /// <param name="place">Where it lies, which it is known again by if it has no Message-ID.</param>
    public async Task SetAsideAsync(ReadOnlyMemory<byte> header, string place, InboundProblem problem, CancellationToken ct)
    {
        scope.Required.Require(Right.Administer);
        var reading = header.IsEmpty ? new MailReading { Kind = InboundKind.Other } : reader.Read(header, ct);
        await TakeAsync(KeyOf(reading, null, Encoding.UTF8.GetBytes(place)), reading, null, problem, ct);
    }

    /// <summary>A mail that proves nothing must not take the place of the one it pretends to be, nor a copy for the history that of a mail to us.</summary>
    private static string KeyOf(MailReading reading, ByHandMail? logged, ReadOnlySpan<byte> mail)
    {
        var copy = logged is null ? "" : logged.Problem == InboundProblem.UnprovenSender ? $"\nfor user {logged.UserId}, unproven" : $"\nfor user {logged.UserId}";
        return Convert.ToHexStringLower(reading.MessageId is { } id ? SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\n{reading.FromAddress?.ToLowerInvariant()}{copy}")) : SHA256.HashData(mail));
    }

    private Task<InboundMail?> TakenAsync(string key, CancellationToken ct) => db.InboundMails.AsNoTracking().FirstOrDefaultAsync(m => m.MailKey == key, ct);

    private async Task<InboundMail> TakeAsync(string key, MailReading reading, ByHandMail? logged, InboundProblem? aside, CancellationToken ct)
    {
        if (await TakenAsync(key, ct) is { } before)
        {
            return before;
        }

        try
        {
            return await TakeOnceAsync(key, reading, logged, aside, ct);
        }
        catch (Conflict)
        {
            // The same mail came twice at once.
            db.ChangeTracker.Clear();
            return await TakenAsync(key, ct) ?? throw new Conflict("duplicate", "The same mail is being taken; hand it in again.");
        }
    }

    private async Task<InboundMail> TakeOnceAsync(string key, MailReading reading, ByHandMail? logged, InboundProblem? aside, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var unit = await db.BeginUnitAsync(ct);
        if (logged is not null)
        {
            return await LogAsync(unit, new InboundMail(key, reading, now), logged, now, ct);
        }

        var matched = await match.ExecuteAsync(reading, now, ct);
        var mail = new InboundMail(key, reading, now);
        if (matched.Report is not null)
        {
            mail.Reports(matched.Report);
        }

        if (matched.Message is { } message && message.ToAddress is not null)
        {
            mail.IsAbout(message);
        }

        if ((aside ?? (WantsAttention(mail) ? matched.Problem : null)) is { } problem)
        {
            mail.Wait(problem, now);
        }

        if (matched.Message is null)
        {
            mail.SeemsToBeOf(await match.PersonAsync(reading, ct));
        }

        db.Add(mail);
        await errors.TranslateAsync<InboundMail>(() => db.SaveChangesAsync(ct));
        if (aside is null && matched is { Problem: null, Message: { } about })
        {
            await apply.ToMessageAsync(mail, about, now, ct);
        }

        await unit.CommitAsync(ct);
        return mail;
    }

    private async Task<InboundMail> LogAsync(WriteUnit unit, InboundMail mail, ByHandMail logged, DateTime now, CancellationToken ct)
    {
        mail.IsLoggedBy(logged.UserId, logged.People);
        if (logged.Problem is { } problem)
        {
            mail.Wait(problem, now);
        }

        db.Add(mail);
        await errors.TranslateAsync<InboundMail>(() => db.SaveChangesAsync(ct));
        if (logged.Problem is null)
        {
            await apply.ToPersonAsync(mail, logged.People[0], null, now, ct);
        }

        await unit.CommitAsync(ct);
        return mail;
    }

    /// <summary>That a mail nobody can name is late, or was delivered, asks nothing of anybody.</summary>
    private static bool WantsAttention(InboundMail mail) => mail.Kind != InboundKind.Delay && !(mail.Kind == InboundKind.Other && mail.Action is not null);
}
