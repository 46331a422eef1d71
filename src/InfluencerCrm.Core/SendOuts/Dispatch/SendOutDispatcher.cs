using System.Text.Json;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>
/// Sends what is due, once: claims by lease, commits an intent before each mail's first byte, hands the mail over outside any
/// transaction, and commits what became of it before the same connection begins another. One for a process; a loop for each connection.
/// </summary>
public sealed class SendOutDispatcher : IDisposable
{
    private readonly IServiceScopeFactory _scopes;
    private readonly DeliveryRounds _rounds;
    private readonly ClaimedQueue _queue;
    private readonly TransportBreaker _breaker;
    private readonly TimeProvider _clock;
    private readonly ILogger<SendOutDispatcher> _logger;

    public SendOutDispatcher(
        IServiceScopeFactory scopes, IDatabaseProvider database, DispatchSignal signal, IOptions<DispatchOptions> options, TimeProvider clock, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        _scopes = scopes;
        _clock = clock;
        _rounds = new DeliveryRounds(scopes, database, clock, loggers.CreateLogger<DeliveryRounds>());
        _queue = new ClaimedQueue(scopes, signal, new RecipientDomains(options, clock), options.Value.Lease, clock, loggers.CreateLogger<ClaimedQueue>());
        _logger = loggers.CreateLogger<SendOutDispatcher>();
        _breaker = new TransportBreaker(clock, _logger);
    }

    /// <summary>Begins send-outs whose time has come, ends those that are done, and takes up what a dead host left.</summary>
    public async Task TendAsync(CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(Actor.System);
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
        while (true)
        {
            if (done is not null && _breaker.IsOpen)
            {
                // What is known is written before the wait.
                await _rounds.CommitAsync(done, null, cut);
                done = null;
            }

            var tries = await PassAsync(stop);
            var next = await NextAsync(done, stop, cut);
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
                if (Compose(next) is not { } mail)
                {
                    Abandon(tries);
                    await CommitRefusalAsync(done, next, cut);
                    done = null;
                    continue;
                }

                var begun = await _rounds.CommitAsync(done, new Intent(next, mail), cut);
                done = null;
                if (begun != GateAnswer.Begun)
                {
                    Abandon(tries);
                    Log.NotBegun(_logger, next.Id, next.SendOut.Id, begun);
                    await _queue.ReturnAsync(next, cut);
                    continue;
                }

                answer = await connection.SendAsync(mail, cut);
                _breaker.Report(answer);
                done = new Delivery(next, answer, _clock.GetUtcNow().UtcDateTime, mail.Subject);
                handedOver++;
            }
            finally
            {
                _queue.Leave(next, answer);
                Abandon(tries && answer is null);
            }
        }
    }

    /// <summary>Gives back what is claimed and not begun; called when the host stops.</summary>
    public Task ReleaseAsync(CancellationToken ct) => _queue.ReleaseAsync(ct);

    public void Dispose() => _queue.Dispose();

    /// <summary>The next message; where the database fails, the outcome in hand is written before the fault goes on.</summary>
    private async Task<ClaimedMessage?> NextAsync(Delivery? done, CancellationToken stop, CancellationToken cut)
    {
        try
        {
            return stop.IsCancellationRequested ? null : await _queue.TakeAsync(stop);
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

    private static OutgoingMail? Compose(ClaimedMessage claimed)
    {
        try
        {
            return claimed.Mails.Compose(claimed.Message);
        }
        catch (Exception exception) when (exception is CrmError or JsonException)
        {
            return null;
        }
    }

    private async Task CommitRefusalAsync(Delivery? done, ClaimedMessage refused, CancellationToken cut)
    {
        if (done is not null)
        {
            await _rounds.CommitAsync(done, null, cut);
        }

        var answer = new DeliveryAnswer(DeliveryOutcome.Failed, "No mail can be made of this message: its template or its values do not render");
        await _rounds.CommitAsync(new Delivery(refused, answer, _clock.GetUtcNow().UtcDateTime, null, Begun: false), null, cut);
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
}
