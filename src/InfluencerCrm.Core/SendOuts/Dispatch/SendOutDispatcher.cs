using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>
/// Sends what is due, once: claims by lease, commits an intent before each mail's first byte, hands the mail over outside any
/// transaction, and commits what became of it before the same connection begins another. One for a process; a lane for each transport,
/// a loop for each of its connections; all lanes' rounds are written by one hand.
/// </summary>
public sealed class SendOutDispatcher : IAsyncDisposable
{
    private readonly IServiceScopeFactory _scopes;
    private readonly IMailTransports _transports;
    private readonly DeliveryRounds _rounds;
    private readonly RecipientDomains _domains;
    private readonly DispatchSignal _signal;
    private readonly IOptions<DispatchOptions> _options;
    private readonly TimeProvider _clock;
    private readonly HostClock _hostClock;
    private readonly ILoggerFactory _loggers;
    private Dictionary<LaneScope, DispatchLane> _accounts = [];

    public SendOutDispatcher(
        IServiceScopeFactory scopes, IMailTransports transports, IDatabaseProvider database, DispatchSignal signal, IOptions<DispatchOptions> options, HostClock hostClock, TimeProvider clock,
        ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(transports);
        _scopes = scopes;
        _transports = transports;
        _signal = signal;
        _options = options;
        _clock = clock;
        _hostClock = hostClock;
        _loggers = loggers;
        _rounds = new DeliveryRounds(scopes, database, clock, loggers.CreateLogger<DeliveryRounds>());
        _domains = new RecipientDomains(options, clock);
        Default = Open(LaneScope.OfDefault(transports.Default), transports.Default);
    }

    /// <summary>What goes through the configuration's server or folder.</summary>
    public DispatchLane Default { get; }

    /// <summary>Begins send-outs whose time has come, ends those that are done, and takes up what a dead host left.</summary>
    public async Task TendAsync(CancellationToken ct)
    {
        await using var scope = _scopes.CreateProductScope();
        await scope.ServiceProvider.GetRequiredService<TendSendOuts>().ExecuteAsync(ct);
    }

    /// <summary>
    /// The lanes that there is work for: the default, and one for each account with a server of its own that a send-out under way goes
    /// through. An account that changed has a new one. Who runs them ends those that are not named any more. Not for concurrent use.
    /// </summary>
    public async Task<IReadOnlyList<DispatchLane>> LanesAsync(CancellationToken ct)
    {
        var lanes = new Dictionary<LaneScope, DispatchLane>();
        foreach (var account in Default.Scope.TakesAll ? [] : await AccountsAsync(ct))
        {
            var scope = LaneScope.Of(account);
            lanes[scope] = _accounts.GetValueOrDefault(scope) ?? Open(scope, _transports.Of(account));
        }

        _accounts = lanes;
        return [Default, .. lanes.Values];
    }

    public ValueTask DisposeAsync()
    {
        Default.Dispose();
        return _rounds.DisposeAsync();
    }

    private async Task<List<SenderAccount>> AccountsAsync(CancellationToken ct)
    {
        await using var scope = _scopes.CreateProductScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        return await db.SenderAccounts.AsNoTracking()
            .Where(a => a.Host != null && a.State == SenderAccountState.Active && db.SendOuts.IgnoreQueryFilters().Any(s => s.SenderAccountId == a.Id && s.Status == SendOutStatus.Sending))
            .OrderBy(a => a.Id).ToListAsync(ct);
    }

    private DispatchLane Open(LaneScope scope, IMailTransport transport)
    {
        var queue = new ClaimedQueue(_scopes, scope, _signal, _domains, _options.Value.Lease, _clock, _loggers.CreateLogger<ClaimedQueue>());
        var logger = _loggers.CreateLogger<DispatchLane>();
        return new DispatchLane(scope, transport, _rounds, queue, new TransportBreaker(transport.Destination, _clock, logger), _hostClock, logger);
    }
}
