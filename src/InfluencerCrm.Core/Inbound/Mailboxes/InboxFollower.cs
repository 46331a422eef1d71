using System.Data.Common;
using System.Globalization;
using InfluencerCrm.Core.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Core.Inbound.Mailboxes;

/// <summary>
/// Takes each mail of the inbox once and leaves it as it lies. The position is written behind the mails it covers: what a crash leaves
/// between them is handed in again, and <see cref="ReceiveMail"/> knows it again by its Message-ID.
/// </summary>
public sealed class InboxFollower(IMailboxServer server, MailboxHolder holder, IServiceScopeFactory scopes, ILogger<InboxFollower> logger)
{
    /// <summary>The one folder that mails come to, by its name in IMAP.</summary>
    public const string Folder = "INBOX";

    /// <summary>Mails between two positions that are written.</summary>
    private const int Stride = 25;

    /// <summary>So often a mail may fail before it is set aside.</summary>
    private const int Patience = 3;

    /// <summary>The same where the database or the server may be at fault: a mail that is set aside needs a person.</summary>
    private const int LongPatience = 8;

    private (long Validity, long Uid, int Times) _failing;

    /// <summary>Until it is stopped, a fault comes, or another host holds the mailbox.</summary>
    /// <param name="looked">Called whenever nothing is left to take.</param>
    /// <returns>False: another host holds it.</returns>
    public Task<bool> FollowAsync(Action looked, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(looked);
        return holder.HoldAsync(server.Account ?? throw new InvalidOperationException("No mailbox is set up."), Folder, (held, token) => FollowAsync(held, looked, token), ct);
    }

    private async Task FollowAsync(HeldMailbox held, Action looked, CancellationToken ct)
    {
        await using var folder = await server.OpenInboxAsync(ct);
        var before = held.Row.Validity;
        var position = await held.BeginAsync(folder.Validity, ct);
        if (before is not null && before != folder.Validity)
        {
            Log.ReadAgain(logger, held.Row.Id);
        }

        while (true)
        {
            position = await TakeNewAsync(held, folder, position, ct);
            await held.LookedAsync(ct);
            looked();
            await folder.WaitAsync(ct);
            ct.ThrowIfCancellationRequested();
        }
    }

    private async Task<long> TakeNewAsync(HeldMailbox held, IMailboxFolder folder, long position, CancellationToken ct)
    {
        var taken = 0;
        await foreach (var mail in folder.NewAsync(position, held.Row.TakesSince, ct))
        {
            await TakeAsync(held, folder, mail, ct);
            position = mail.Uid;
            if (++taken % Stride == 0)
            {
                await held.AdvanceAsync(position, ct);
            }
        }

        if (taken % Stride != 0)
        {
            await held.AdvanceAsync(position, ct);
        }

        if (taken > 0)
        {
            Log.Taken(logger, held.Row.Id, taken);
        }

        return position;
    }

    private async Task TakeAsync(HeldMailbox held, IMailboxFolder folder, MailboxEntry mail, CancellationToken ct)
    {
        try
        {
            if (mail.Bytes > ReceiveMail.MaxBytes)
            {
                await SetAsideAsync(held, folder, mail.Uid, InboundProblem.TooLarge, ct);
            }
            else if (await folder.ReadAsync(mail.Uid, ct) is { } bytes)
            {
                await ReceiveAsync(bytes.Length > ReceiveMail.MaxBytes ? bytes[..ReceiveMail.MaxBytes] : bytes, ct);
            }
        }
        catch (Exception exception) when (exception is not MailboxLost && !ct.IsCancellationRequested)
        {
            _failing = _failing.Validity == folder.Validity && _failing.Uid == mail.Uid ? _failing with { Times = _failing.Times + 1 } : (folder.Validity, mail.Uid, 1);
            if (_failing.Times < (exception is DbException or MailboxFault { IsRefusal: false } || exception.InnerException is DbException ? LongPatience : Patience))
            {
                // The whole loop starts anew, on a new connection, after a pause.
                throw;
            }

            Log.SetAside(logger, exception, held.Row.Id, mail.Uid);
            await SetAsideAsync(held, folder, mail.Uid, InboundProblem.Unreadable, ct);
        }
    }

    private async Task ReceiveAsync(ReadOnlyMemory<byte> mail, CancellationToken ct)
    {
        await using var scope = scopes.CreateProductScope();
        await scope.ServiceProvider.GetRequiredService<ReceiveMail>().ExecuteAsync(mail, ct);
    }

    /// <summary>A row that waits for a person, with what the header says if that much can be read.</summary>
    private async Task SetAsideAsync(HeldMailbox held, IMailboxFolder folder, long uid, InboundProblem problem, CancellationToken ct)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{held.Row.Account}\n{held.Row.Folder}\n{folder.Validity}\n{uid}");
        try
        {
            if (await folder.ReadHeaderAsync(uid, ct) is { } header)
            {
                await KeepAsync(header, place, problem, ct);
            }
        }
        catch (Exception exception) when (exception is not MailboxLost && problem == InboundProblem.Unreadable && !ct.IsCancellationRequested)
        {
            await KeepAsync(default, place, problem, ct);
        }
    }

    private async Task KeepAsync(ReadOnlyMemory<byte> header, string place, InboundProblem problem, CancellationToken ct)
    {
        await using var scope = scopes.CreateProductScope();
        await scope.ServiceProvider.GetRequiredService<ReceiveMail>().SetAsideAsync(header, place, problem, ct);
    }
}
