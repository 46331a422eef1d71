using System.Text.Json;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>
/// Sends what is due, once: claims by lease, commits an intent before each mail's first byte, hands the mail over outside any
/// transaction, and commits what became of it before the same connection begins another. One for a process; a loop for each connection.
/// </summary>
public sealed class SendOutDispatcher : IAsyncDisposable
{
    private readonly IServiceScopeFactory _scopes;
    private readonly DeliveryRounds _rounds;
    private readonly ClaimedQueue _queue;
    private readonly TransportBreaker _breaker;
    private readonly HostClock _clock;
    private readonly ILogger<SendOutDispatcher> _logger;

    public SendOutDispatcher(
        IServiceScopeFactory scopes, IDatabaseProvider database, DispatchSignal signal, IOptions<DispatchOptions> options, HostClock hostClock, TimeProvider clock, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        _scopes = scopes;
        _clock = hostClock;
        _rounds = new DeliveryRounds(scopes, database, clock, loggers.CreateLogger<DeliveryRounds>());
        _queue = new ClaimedQueue(scopes, signal, new RecipientDomains(options, clock), options.Value.Lease, clock, loggers.CreateLogger<ClaimedQueue>());
        _logger = loggers.CreateLogger<SendOutDispatcher>();
        _breaker = new TransportBreaker(clock, _logger);
    }

    /// <summary>Begins send-outs whose time has come, ends those that are done, and takes up what a dead host left.</summary>
    public async Task TendAsync(CancellationToken ct)
    {
        await using var scope = _scopes.CreateProductScope();
        await scope.ServiceProvider.GetRequiredService<TendSendOuts>().ExecuteAsync(ct);
    }

    /// <summary>Sends over one connection until nothing is due.</summary>
    /// <param name="stop">Begins no further message.</param>
    /// <param name="cut">Ends the one in flight, too.</param>
    /// <returns>How many messages were handed over.</returns>
    public async Task<int> WorkAsync(IMailConnection connection, CancellationToken stop, CancellationToken cut)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var handedOver = 0;
        Delivery? done = null;
        Task<Prepared?>? ahead = null;
        try
        {
            while (true)
            {
                if (done is not null && _breaker.IsOpen)
                {
                    // What is known is written before the wait.
                    await _rounds.CommitAsync(done, null, cut);
                    done = null;
                }

                var tries = await PassAsync(stop);
                var next = await NextAsync(ahead ?? PrepareAsync(stop), done, stop, cut);
                ahead = null;
                if (next is null)
                {
                    Abandon(tries);
                    if (done is not null)
                    {
                        await _rounds.CommitAsync(done, null, cut);
                    }

                    return handedOver;
                }

                DeliveryAnswer? answer = null;
                try
                {
                    if (next.Mail is not { } mail)
                    {
                        await CommitRefusalAsync(done, next.Claimed, cut);
                        done = null;
                        continue;
                    }

                    var begun = await _rounds.CommitAsync(done, new Intent(next.Claimed, mail), cut);
                    done = null;
                    if (begun != GateAnswer.Begun)
                    {
                        Log.NotBegun(_logger, next.Claimed.Id, next.Claimed.SendOut.Id, begun);
                        await _queue.ReturnAsync(next.Claimed, cut);
                        continue;
                    }

                    // The next mail is made while this one is on its way.
                    ahead = Task.Run(() => PrepareAsync(stop), CancellationToken.None);
                    answer = await connection.SendAsync(mail, cut);
                    _breaker.Report(answer);
                    done = new Delivery(next.Claimed, answer, _clock.UtcNow, mail.Subject);
                    handedOver++;
                }
                finally
                {
                    _queue.Leave(next.Claimed, answer);
                    Abandon(tries && answer is null);
                }
            }
        }
        finally
        {
            await PutBackAsync(ahead);
        }
    }

    /// <summary>Gives back what is claimed and not begun; called when the host stops.</summary>
    public Task ReleaseAsync(CancellationToken ct) => _queue.ReleaseAsync(ct);

    public ValueTask DisposeAsync()
    {
        _queue.Dispose();
        return _rounds.DisposeAsync();
    }

    /// <summary>The next message; where the database fails, the outcome in hand is written before the fault goes on.</summary>
    private async Task<Prepared?> NextAsync(Task<Prepared?> preparing, Delivery? done, CancellationToken stop, CancellationToken cut)
    {
        try
        {
            var next = await preparing;
            if (next is null || !stop.IsCancellationRequested)
            {
                return next;
            }

            await _queue.PutBackAsync(next.Claimed);
            return null;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception) when (DeliveryRounds.IsDatabaseFault(exception) && done is not null)
        {
            await _rounds.CommitAsync(done, null, cut);
            throw;
        }
    }

    private async Task<Prepared?> PrepareAsync(CancellationToken stop)
    {
        if (stop.IsCancellationRequested || await _queue.TakeAsync(stop) is not { } claimed)
        {
            return null;
        }

        try
        {
            return new Prepared(claimed, claimed.Mails.Compose(claimed.Message));
        }
        catch (Exception exception) when (exception is CrmError or JsonException)
        {
            return new Prepared(claimed, null);
        }
    }

    /// <summary>What was made ahead and is not begun after all.</summary>
    private async Task PutBackAsync(Task<Prepared?>? ahead)
    {
        try
        {
            if (ahead is not null && await ahead is { } unused)
            {
                await _queue.PutBackAsync(unused.Claimed);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException || DeliveryRounds.IsDatabaseFault(exception))
        {
            // Nothing was taken, and why this connection ends is said elsewhere.
        }
    }

    private async Task CommitRefusalAsync(Delivery? done, ClaimedMessage refused, CancellationToken cut)
    {
        if (done is not null)
        {
            await _rounds.CommitAsync(done, null, cut);
        }

        var answer = new DeliveryAnswer(DeliveryOutcome.Failed, "No mail can be made of this message: its template or its values do not render");
        await _rounds.CommitAsync(new Delivery(refused, answer, _clock.UtcNow, null, Begun: false), null, cut);
        await _queue.ReturnAsync(refused, cut);
    }

    private async Task<bool> PassAsync(CancellationToken stop)
    {
        try
        {
            return await _breaker.PassAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Abandon(bool tries)
    {
        if (tries)
        {
            _breaker.Abandon();
        }
    }

    /// <param name="Mail">Null: none can be made.</param>
    private sealed record Prepared(ClaimedMessage Claimed, OutgoingMail? Mail);
}
