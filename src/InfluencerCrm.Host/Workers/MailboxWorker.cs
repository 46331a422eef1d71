using InfluencerCrm.Core.Inbound.Mailboxes;
using InfluencerCrm.Core.Work;

namespace InfluencerCrm.Host.Workers;

/// <summary>Follows the mailbox and keeps copies of what was sent, where one is set up. A fault is told of once and tried again, later each time; it never ends the host.</summary>
internal sealed partial class MailboxWorker(IMailboxServer server, InboxFollower inbox, SentFollower sent, ILogger<MailboxWorker> log) : BackgroundService
{
    /// <summary>Until it is asked again whether the host that works on it still does.</summary>
    private static readonly TimeSpan Standby = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        server.Account is null ? Task.CompletedTask : Task.WhenAll(
            LoopAsync(InboxFollower.Folder, inbox.FollowAsync, stoppingToken),
            server.KeepsSent ? LoopAsync(SentFollower.Folder, sent.FollowAsync, stoppingToken) : Task.CompletedTask);

    private async Task LoopAsync(string folder, Func<Action, CancellationToken, Task<bool>> follow, CancellationToken stop)
    {
        for (var failures = 0; !stop.IsCancellationRequested;)
        {
            var wait = Standby;
            try
            {
                await follow(Looked, stop);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (++failures == 1)
                {
                    Tell(folder, exception);
                }

                wait = WaitAfter(failures);
            }

            // A pause of the process, not of the product's clock, which may stand still in tests.
            await Task.Delay(wait, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            void Looked()
            {
                if (failures > 0)
                {
                    WellAgain(log, folder, failures);
                }

                failures = 0;
            }
        }
    }

    private void Tell(string folder, Exception exception)
    {
        // The message of a fault is written for people; anything else is for whoever mends it.
        if (exception is MailboxFault fault)
        {
            Faulty(log, folder, fault.Message.TrimEnd('.'));
        }
        else
        {
            Broke(log, exception, folder);
        }
    }

    /// <summary>Twice as long each time, and never the same for two hosts.</summary>
    private static TimeSpan WaitAfter(int failures) => BackOff.After(failures, FirstWait, LongestWait) * (0.5 + (Random.Shared.NextDouble() / 2));

    [LoggerMessage(EventId = 4210, Level = LogLevel.Warning, Message = "Mailbox {Folder}: {Fault}. It is tried again until it works")]
    private static partial void Faulty(ILogger logger, string folder, string fault);

    [LoggerMessage(EventId = 4211, Level = LogLevel.Error, Message = "Mailbox {Folder}: something went wrong on our side; it is tried again until it works")]
    private static partial void Broke(ILogger logger, Exception exception, string folder);

    [LoggerMessage(EventId = 4212, Level = LogLevel.Information, Message = "Mailbox {Folder}: all is well again, after {Failures} attempts that failed")]
    private static partial void WellAgain(ILogger logger, string folder, int failures);
}
