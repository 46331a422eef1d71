using System.Text.Json;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Work;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>
/// What goes out through one transport: its queue, and a loop for each of its connections. A server that is away or slow holds up the
/// mails of its own lane and no others.
/// </summary>
public sealed class DispatchLane : IDisposable
{
    private readonly DeliveryRounds _rounds;
    private readonly ClaimedQueue _queue;
    private readonly TransportBreaker _breaker;
    private readonly HostClock _clock;
    private readonly ILogger _logger;

    internal DispatchLane(LaneScope scope, IMailTransport transport, DeliveryRounds rounds, ClaimedQueue queue, TransportBreaker breaker, HostClock clock, ILogger logger)
    {
        Scope = scope;
        Transport = transport;
        _rounds = rounds;
        _queue = queue;
        _breaker = breaker;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Where its mails go.</summary>
    public IMailTransport Transport { get; }

    internal LaneScope Scope { get; }

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

    /// <summary>Gives back what is claimed and not begun; called when the lane ends.</summary>
    public Task ReleaseAsync(CancellationToken ct) => _queue.ReleaseAsync(ct);

    public void Dispose() => _queue.Dispose();

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
