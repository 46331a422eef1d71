using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Core.Inbound.Mailboxes;

/// <summary>
/// Puts a copy of each mail that was sent into the folder of sent mails, once: whether it lies there is asked before, so neither a crash
/// nor a provider that keeps copies by itself makes a second one. Sending never waits for it.
/// </summary>
public sealed class SentFollower(IMailboxServer server, MailboxHolder holder, IServiceScopeFactory scopes, TimeProvider clock, ILogger<SentFollower> logger)
{
    /// <summary>The folder of sent mails, whatever its name (RFC 6154).</summary>
    public const string Folder = "\\Sent";

    /// <summary>Providers that keep copies by themselves do it at once.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMinutes(1);

    /// <summary>Copies that are asked for with one search.</summary>
    private const int Batch = 20;

    /// <summary>Looks without work until the connection is closed.</summary>
    private const int IdleLooks = 6;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RefusedPause = TimeSpan.FromHours(1);

    private static readonly TimeSpan GiveUp = TimeSpan.FromDays(7);

    /// <summary>Until it is stopped, a fault comes, or another host holds the folder.</summary>
    /// <param name="looked">Called whenever no copy is due.</param>
    /// <returns>False: another host holds it.</returns>
    public Task<bool> FollowAsync(Action looked, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(looked);
        return holder.HoldAsync(server.Account ?? throw new InvalidOperationException("No mailbox is set up."), Folder, (held, token) => FollowAsync(held, looked, token), ct);
    }

    private async Task FollowAsync(HeldMailbox held, Action looked, CancellationToken ct)
    {
        ISentFolder? folder = null;
        var mails = new LastMails();
        try
        {
            // Without work nothing is asked of the server, so a fault stays told of until a copy was kept.
            var (idle, worked) = (0, held.Row.Fault is null);
            while (true)
            {
                var due = await DueAsync(ct);
                if (due.Count > 0)
                {
                    folder ??= await server.OpenSentAsync(ct);
                    await KeepAsync(held, folder, mails, due, ct);
                    (idle, worked) = (0, true);
                    continue;
                }

                if (worked)
                {
                    await held.LookedAsync(ct);
                    looked();
                    worked = false;
                }

                if (++idle == IdleLooks && folder is not null)
                {
                    await folder.DisposeAsync();
                    folder = null;
                }

                await Task.Delay(Pause, TimeProvider.System, ct);
            }
        }
        finally
        {
            await (folder?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private async Task<IReadOnlyList<Message>> DueAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateProductScope();
        var now = clock.GetUtcNow().UtcDateTime;
        return await scope.ServiceProvider.GetRequiredService<CrmDbContext>().Messages.IgnoreQueryFilters().AsNoTracking()
            .Where(m => m.CopyDueAt <= now).OrderBy(m => m.CopyDueAt).ThenBy(m => m.Id).Take(Batch).ToListAsync(ct);
    }

    private async Task KeepAsync(HeldMailbox held, ISentFolder folder, LastMails mails, IReadOnlyList<Message> due, CancellationToken ct)
    {
        var wanted = new List<(Message Message, OutgoingMail Mail)>();
        foreach (var message in due)
        {
            if (await ComposeAsync(mails, message, ct) is { } mail)
            {
                wanted.Add((message, mail));
            }
            else
            {
                await DueAgainAsync(message, null, ct);
            }
        }

        if (wanted.Count == 0)
        {
            return;
        }

        var there = await folder.FindAsync([.. wanted.Select(w => w.Mail.InternetMessageId)], wanted.Min(w => w.Message.SentAt ?? w.Message.CreatedAt), ct);
        foreach (var (message, mail) in wanted)
        {
            await KeepAsync(folder, message, mail, there.Contains(mail.InternetMessageId), ct);
        }

        // Whoever lost the mailbox must not go on.
        await held.RenewAsync(ct);
        Log.Kept(logger, held.Row.Id, wanted.Count);
    }

    private async Task KeepAsync(ISentFolder folder, Message message, OutgoingMail mail, bool there, CancellationToken ct)
    {
        var sentAt = message.SentAt ?? message.CreatedAt;
        try
        {
            if (!there)
            {
                await folder.AppendAsync(mail, sentAt, ct);
            }

            await DueAgainAsync(message, null, ct);
        }
        catch (MailboxFault fault) when (fault.IsRefusal)
        {
            // A full mailbox, or one mail that is too large for it: the others go on.
            Log.CopyRefused(logger, message.Id, fault.Message);
            var now = clock.GetUtcNow().UtcDateTime;
            await DueAgainAsync(message, sentAt < now - GiveUp ? null : now + RefusedPause, ct);
        }
    }

    /// <summary>The mail as it left; null: there is none any more, the person was erased.</summary>
    private async Task<OutgoingMail?> ComposeAsync(LastMails mails, Message message, CancellationToken ct)
    {
        if (message.ToAddress is null || message.Values is null)
        {
            return null;
        }

        if (mails.Mails?.SendOut.Id != message.SendOutId)
        {
            await using var scope = scopes.CreateProductScope();
            mails.Mails = await scope.ServiceProvider.GetRequiredService<LoadMails>().ExecuteAsync(message.SendOutId, ct);
        }

        try
        {
            return mails.Mails!.Compose(message);
        }
        catch (RuleViolation)
        {
            return null;
        }
    }

    /// <summary>A column that is in neither ETag nor EDM, so the row's version stays.</summary>
    private async Task DueAgainAsync(Message message, DateTime? at, CancellationToken ct)
    {
        await using var scope = scopes.CreateProductScope();
        var id = message.Id;
        await scope.ServiceProvider.GetRequiredService<CrmDbContext>().Messages.IgnoreQueryFilters().Where(m => m.Id == id)
            .UpdateLeasesAsync(set => set.SetProperty(m => m.CopyDueAt, at), ct);
    }

    /// <summary>A send-out's mails are loaded once while its copies are made.</summary>
    private sealed class LastMails
    {
        public SendOutMails? Mails { get; set; }
    }
}
