using System.Data.Common;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>
/// Group commit: while one transaction is being written, the outcomes and next intents of connections that become ready gather for the
/// following one, so a busy host writes many with one sync of the disk and an idle one waits for nobody. An outcome and the same
/// connection's next intent share a transaction, so the intent never stands without the outcome.
/// </summary>
internal sealed class DeliveryRounds(IServiceScopeFactory scopes, IDatabaseProvider database, TimeProvider clock, ILogger<DeliveryRounds> logger) : IAsyncDisposable
{
    private const int AttemptsWithHistory = 3;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private List<Step> _waiting = [];
    private bool _writing;
    private AsyncServiceScope? _kept;

    /// <summary>Writes what became of one message and asks whether the next may begin; done when both are committed.</summary>
    /// <param name="cut">Gives up writing: the process ends, and the row's lease tells the story.</param>
    public Task<GateAnswer> CommitAsync(Delivery? delivery, Intent? intent, CancellationToken cut)
    {
        var step = new Step(delivery, intent, cut);
        lock (_lock)
        {
            _waiting.Add(step);
            if (_writing)
            {
                return step.Answer.Task;
            }

            _writing = true;
        }

        _ = Task.Run(WriteAllAsync, CancellationToken.None);
        return step.Answer.Task;
    }

    public ValueTask DisposeAsync() => _kept?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>EF wraps what looks as if it would pass (a line that broke) once more.</summary>
    internal static bool IsDatabaseFault(Exception exception) =>
        exception is DbException or DbUpdateException or TimeoutException or InvalidOperationException { InnerException: DbException or TimeoutException };

    private bool IsPassing(Exception exception) => (exception as DbException ?? exception.InnerException as DbException) is not { } fault || database.IsTransient(fault);

    private async Task WriteAllAsync()
    {
        while (true)
        {
            List<Step> round;
            lock (_lock)
            {
                if (_waiting.Count == 0)
                {
                    _writing = false;
                    return;
                }

                (round, _waiting) = (_waiting, []);
            }

            await WriteRoundAsync(round);
        }
    }

    private async Task WriteRoundAsync(List<Step> round)
    {
        try
        {
            var answers = await TransactKeptAsync(round);
            for (var i = 0; i < round.Count; i++)
            {
                round[i].Answer.TrySetResult(answers[i]);
            }
        }
        catch (Exception exception) when (IsDatabaseFault(exception))
        {
            Log.RoundFailed(logger, exception, round.Count);

            // Each by itself from here on, so that nobody waits for the one that cannot be written.
            foreach (var step in round)
            {
                _ = Task.Run(() => WriteAloneAsync(step), CancellationToken.None);
            }
        }
        catch (Exception exception)
        {
            // Whatever it is belongs to the connections' loops, which wait for it; here nobody would see it.
            round.ForEach(s => s.Answer.TrySetException(exception));
        }
    }

    private async Task WriteAloneAsync(Step step)
    {
        try
        {
            await WriteOutcomeAsync(step);
            step.Answer.TrySetResult(step.Intent is null ? GateAnswer.Lost : await AskAsync(step with { Delivery = null }));
        }
        catch (Exception exception)
        {
            step.Answer.TrySetException(exception);
        }
    }

    /// <summary>
    /// Asked until the database answers: the commit that seemed to fail may have gone through, and a row whose intent stands while nobody
    /// begins it would look as if its host had died in the middle.
    /// </summary>
    private async Task<GateAnswer> AskAsync(Step step)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await TransactAsync([step], step.Cut))[0];
            }
            catch (Exception exception) when (IsDatabaseFault(exception) && !step.Cut.IsCancellationRequested)
            {
                Log.IntentWaits(logger, exception, step.Intent!.Claimed.Id, attempt);
                await WaitAsync(attempt, step.Cut);
            }
        }
    }

    /// <summary>A connection holds its outcome until it is written: nothing else tells whether the mail left.</summary>
    private async Task WriteOutcomeAsync(Step step)
    {
        var refused = 0;
        for (var attempt = 1; step.Delivery is not null; attempt++)
        {
            try
            {
                await TransactAsync([step with { Intent = null, WithHistory = refused < AttemptsWithHistory }], step.Cut);
                return;
            }
            catch (Exception exception) when (IsDatabaseFault(exception) && !step.Cut.IsCancellationRequested)
            {
                // A database that is away refuses nothing; one that answers again and again that it cannot be written takes the state alone.
                refused += IsPassing(exception) ? 0 : 1;
                Log.OutcomeWaits(logger, exception, step.Delivery.Claimed.Id, attempt);
                await WaitAsync(attempt, step.Cut);
            }
        }
    }

    private Task WaitAsync(int attempt, CancellationToken cut) => Task.Delay(BackOff.After(attempt, FirstWait, LongestWait), clock, cut);

    /// <summary>In a unit of work of its own.</summary>
    private async Task<GateAnswer[]> TransactAsync(IReadOnlyList<Step> round, CancellationToken ct)
    {
        await using var scope = scopes.CreateProductScope();
        return await TransactAsync(scope.ServiceProvider, round, ct);
    }

    /// <summary>
    /// In the unit of work that all rounds share: they are written one after the other, and what it costs to set one up for each mail is
    /// more than the mail's own statements. It is given up with the first fault.
    /// </summary>
    private async Task<GateAnswer[]> TransactKeptAsync(IReadOnlyList<Step> round)
    {
        try
        {
            if (_kept is null)
            {
                _kept = scopes.CreateProductScope();
                await _kept.Value.ServiceProvider.GetRequiredService<CrmDbContext>().Database.OpenConnectionAsync(CancellationToken.None);
            }

            return await TransactAsync(_kept.Value.ServiceProvider, round, CancellationToken.None);
        }
        catch
        {
            var broken = _kept;
            _kept = null;
            if (broken is { } scope)
            {
                await DisposeAsync(scope);
            }

            throw;
        }
    }

    private async Task DisposeAsync(AsyncServiceScope scope)
    {
        try
        {
            await scope.DisposeAsync();
        }
        catch (Exception exception) when (IsDatabaseFault(exception))
        {
            Log.RoundFailed(logger, exception, 0);
        }
    }

    private static async Task<GateAnswer[]> TransactAsync(IServiceProvider services, IReadOnlyList<Step> round, CancellationToken ct)
    {
        var db = services.GetRequiredService<CrmDbContext>();
        var record = services.GetRequiredService<DeliveryRecord>();
        var gate = services.GetRequiredService<MessageGate>();
        var now = services.GetRequiredService<HostClock>().UtcNow;
        var answers = new GateAnswer[round.Count];
        await using var transaction = await db.Database.BeginTransactionAsync(ct);

        // In the order of people, so that two hosts' rounds lock the same people in the same order.
        foreach (var kind in round.Where(s => s.Delivery is not null).OrderBy(s => s.Delivery!.Claimed.Message.InfluencerId).GroupBy(s => s.WithHistory))
        {
            await record.WriteAsync([.. kind.Select(s => s.Delivery!)], now, kind.Key, ct);
        }

        Array.Fill(answers, GateAnswer.Lost);
        var asking = Enumerable.Range(0, round.Count).Where(i => round[i].Intent is not null).ToList();
        var told = await gate.TryBeginAsync([.. asking.Select(i => round[i].Intent!)], now, ct);
        for (var i = 0; i < told.Length; i++)
        {
            answers[asking[i]] = told[i];
        }

        await transaction.CommitAsync(ct);
        return answers;
    }

    private sealed record Step(Delivery? Delivery, Intent? Intent, CancellationToken Cut)
    {
        public bool WithHistory { get; init; } = true;

        public TaskCompletionSource<GateAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
