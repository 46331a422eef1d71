using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Core.Inbound.Mailboxes;

/// <summary>Lets one host at a time work on a mailbox: its row is claimed and the lease renewed while the work lasts.</summary>
public sealed class MailboxHolder(IServiceScopeFactory scopes, TimeProvider clock, ILogger<MailboxHolder> logger)
{
    /// <summary>After so long without a sign of life another host goes on.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);

    /// <summary>No answer, no report and no follow-up concerns a mail that came before; older ones are left alone.</summary>
    private static readonly TimeSpan FirstLook = MatchMail.LatestReport;

    /// <returns>False: another host holds it.</returns>
    /// <param name="work">Ends when its token does: the host stops, or may not be sure to hold the mailbox any more.</param>
    internal async Task<bool> HoldAsync(string account, string folder, Func<HeldMailbox, CancellationToken, Task> work, CancellationToken ct)
    {
        if (await ClaimAsync(account, folder, ct) is not { } held)
        {
            return false;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var keeping = KeepAsync(held, ends);
        try
        {
            await work(held, ends.Token);
        }
        catch (Exception exception) when (exception is MailboxLost || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            Log.MailboxLost(logger, held.Row.Id);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            await FailAsync(held, exception);
            throw;
        }
        finally
        {
            await ends.CancelAsync();
            await keeping;
            await ReleaseAsync(held);
        }

        return true;
    }

    private async Task<HeldMailbox?> ClaimAsync(string account, string folder, CancellationToken ct)
    {
        await using var scope = scopes.CreateProductScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        var now = clock.GetUtcNow().UtcDateTime;
        var rows = db.Mailboxes.AsNoTracking().Where(m => m.Account == account && m.Folder == folder);
        if (!await rows.AnyAsync(ct))
        {
            await CreateAsync(db, scope.ServiceProvider.GetRequiredService<DatabaseErrors>(), new Mailbox(account, folder, now - FirstLook), ct);
        }

        var (token, until) = (Guid.NewGuid(), now + Lease);
        var claimed = await rows.Where(m => m.LeaseUntil == null || m.LeaseUntil < now)
            .UpdateLeasesAsync(set => set.SetProperty(m => m.ClaimToken, token).SetProperty(m => m.LeaseUntil, until), ct);
        return claimed == 0 ? null : new HeldMailbox(scopes, clock, await rows.SingleAsync(ct), token);
    }

    private static async Task CreateAsync(CrmDbContext db, DatabaseErrors errors, Mailbox row, CancellationToken ct)
    {
        db.Add(row);
        try
        {
            await errors.TranslateAsync<Mailbox>(() => db.SaveChangesAsync(ct));
        }
        catch (Conflict)
        {
            // Another host made it at the same moment.
        }

        db.Entry(row).State = EntityState.Detached;
    }

    /// <summary>Renews until told to end; ends the work when the lease was lost, or may have been.</summary>
    private async Task KeepAsync(HeldMailbox held, CancellationTokenSource ends)
    {
        // Of the process, not of the product's clock, which may stand still in tests.
        using var pause = new PeriodicTimer(Renewal, TimeProvider.System);
        var renewed = TimeProvider.System.GetTimestamp();
        try
        {
            while (await pause.WaitForNextTickAsync(ends.Token))
            {
                try
                {
                    await held.RenewAsync(ends.Token);
                    renewed = TimeProvider.System.GetTimestamp();
                }
                catch (Exception exception) when (!ends.IsCancellationRequested)
                {
                    if (exception is MailboxLost || TimeProvider.System.GetElapsedTime(renewed) > Lease - Renewal)
                    {
                        await ends.CancelAsync();
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task FailAsync(HeldMailbox held, Exception exception)
    {
        try
        {
            await held.FailAsync(exception is MailboxFault fault ? fault.Message : "Something went wrong on our side; it is in the log.", CancellationToken.None);
        }
        catch (Exception second)
        {
            // The first fault is the one to tell of; this one most likely has the same cause.
            Log.NotWritten(logger, second, held.Row.Id);
        }
    }

    private async Task ReleaseAsync(HeldMailbox held)
    {
        try
        {
            await held.ReleaseAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            // The lease ends by itself.
            Log.NotWritten(logger, exception, held.Row.Id);
        }
    }
}
