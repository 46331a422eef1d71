using System.Globalization;
using System.Security.Cryptography;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Dispatch;
using InfluencerCrm.Core.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.Privacy;

/// <summary>Who asks a person to confirm that their data are to be erased.</summary>
public enum ErasureAsked
{
    /// <summary>A mail with a link went to their address, now or within the day.</summary>
    ByMail,

    /// <summary>No mail could be sent: a member of the team will.</summary>
    ByTeam,
}

/// <summary>
/// Asks whoever chose "erase me" on the page of a mail to confirm it from their own mailbox: mails get forwarded, and an erasure cannot be
/// undone. The task for the team is written before the mail is tried and goes when the mail has left, so no crash loses the wish.
/// </summary>
public sealed class AskForErasure(
    CrmDbContext db, RateBudgets budgets, ErasureLinks links, IMailTransports transports, IOptions<SenderOptions> options, IOptions<PublicAddress> address, TimeProvider clock)
{
    internal const string TaskTitle = "Somebody asked by an unsubscribe link to have this person erased: confirm with the person, then erase.";

    /// <summary>A request to be erased is answered within a month (GDPR article 12); the team gets a week to begin.</summary>
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromDays(7);

    /// <summary>Somebody looks at the page meanwhile.</summary>
    private static readonly TimeSpan TimeToSend = TimeSpan.FromSeconds(20);

    /// <summary>Gives the team the task to ask; the caller holds the transaction.</summary>
    /// <returns>Null: it has it already.</returns>
    internal async Task<int?> NoteAsync(int person, CancellationToken ct)
    {
        if (await OpenTasks(person).AnyAsync(ct))
        {
            return null;
        }

        var task = CrmTask.Create(new() { Title = TaskTitle, InfluencerId = person, DueAt = clock.GetUtcNow().UtcDateTime + TimeToAnswer });
        db.Add(task);
        await db.SaveChangesAsync(ct);
        return task.Id;
    }

    /// <summary>Sends the mail; at most one a day to a person, whoever asks and how often. No transaction may be open.</summary>
    /// <param name="message">The mail whose page it was.</param>
    /// <param name="task">Of <see cref="NoteAsync"/>.</param>
    public async Task<ErasureAsked> ExecuteAsync(Message message, int person, int? task, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        var sendOut = await db.SendOuts.IgnoreQueryFilters().AsNoTracking().Include(s => s.SenderAccount).FirstAsync(s => s.Id == message.SendOutId, ct);
        if (await LetterAsync(message, sendOut, person, ct) is not { } letter)
        {
            return ErasureAsked.ByTeam;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        RateLimit[] daily = [new(string.Create(CultureInfo.InvariantCulture, $"erasure:{person}"), RateWindow.Day, 1)];
        if (await budgets.TakeAsync(daily, 1, now, ct) == 0)
        {
            // The mail of today has left, unless the team's task from then is still there.
            return task is null ? ErasureAsked.ByTeam : await AskedByMailAsync(task, ct);
        }

        var answer = await SendAsync(letter, sendOut.SenderAccount is { } account ? transports.Of(account) : transports.Default, ct);
        if (answer.Outcome == DeliveryOutcome.Sent)
        {
            return await AskedByMailAsync(task, ct);
        }

        if (answer.Outcome != DeliveryOutcome.Unconfirmed)
        {
            await budgets.ReturnAsync(daily, 1, now, ct);
        }

        return ErasureAsked.ByTeam;
    }

    private async Task<ErasureAsked> AskedByMailAsync(int? task, CancellationToken ct)
    {
        await db.Tasks.IgnoreQueryFilters().Where(t => t.Id == task).DeleteRowsAsync(ct);
        return ErasureAsked.ByMail;
    }

    /// <summary>Tasks of this kind that wait for somebody.</summary>
    internal IQueryable<CrmTask> OpenTasks(int person) =>
        db.Tasks.IgnoreQueryFilters().Where(t => t.InfluencerId == person && t.DoneAt == null && t.Title == TaskTitle);

    private async Task<DeliveryAnswer> SendAsync(OutgoingMail mail, IMailTransport transport, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(TimeToSend, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        await using var connection = transport.Open();
        return await connection.SendAsync(mail, either.Token);
    }

    /// <returns>Null: there is no address to write to, or from.</returns>
    private async Task<OutgoingMail?> LetterAsync(Message message, SendOut sendOut, int person, CancellationToken ct)
    {
        var sender = MailSender.Of(sendOut, options.Value);
        if (sender.Problem is not null || AddressKey.Of(message.ToAddress) is not { } key)
        {
            return null;
        }

        // An address that others read as well, or that was given up since, does not speak for the person.
        var points = db.ContactPoints.IgnoreQueryFilters().Where(p => p.Kind == ContactKind.Email && p.AddressKey == key);
        if (!await points.AnyAsync(p => p.InfluencerId == person && !p.Shared, ct))
        {
            return null;
        }

        var language = message.Language ?? await db.Influencers.IgnoreQueryFilters().Where(i => i.Id == person).Select(i => i.Language).FirstOrDefaultAsync(ct);
        var (subject, text, html, written) = ErasureLetter.Write(language, sender.Name, address.Value.Erasure(links.Seal(person, language)));

        // A token that no row has: what comes back of this mail changes nobody's state.
        var token = RandomNumberGenerator.GetHexString(24, lowercase: true);
        return new OutgoingMail
        {
            InternetMessageId = $"{token}@{sender.Domain}",
            Date = clock.GetUtcNow().UtcDateTime,
            FromName = sender.Name,
            FromAddress = sender.Address!,
            EnvelopeFrom = $"bounce+{token}@{sender.Domain}",
            ReplyTo = sender.ReplyTo,
            ToName = message.ToName,
            ToAddress = message.ToAddress!,
            Subject = subject,
            TextBody = text,
            HtmlBody = html,
            Language = written,
        };
    }
}
