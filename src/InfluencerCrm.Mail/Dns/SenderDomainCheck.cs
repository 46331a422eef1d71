using System.Collections.Concurrent;
using InfluencerCrm.Core.SendOuts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Mail.Dns;

/// <summary>Asks the DNS what receivers will ask it, and keeps the answer for some minutes: a check is repeated while somebody writes.</summary>
internal sealed class SenderDomainCheck(IOptions<MailOptions> options, MailComposer composer, TimeProvider clock, ILogger<SenderDomainCheck> logger) : ISenderDomainCheck
{
    private const int MaxKept = 1000;

    /// <summary>A whole check takes so many times the wait for one answer at most.</summary>
    private const int MaxWaits = 5;

    /// <summary>Seconds: somebody looks at the page that waits.</summary>
    private const int MaxSeconds = 10;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    /// <summary>A resolver that failed may be well again when the next person asks.</summary>
    private static readonly TimeSpan FaultKept = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<SenderDomains, (IReadOnlyList<SenderDomainWarning> Warnings, long At, TimeSpan For)> kept = new();
    private readonly TextRecords dns = new(options.Value.Dns);

    public async Task<IReadOnlyList<SenderDomainWarning>> ExecuteAsync(SenderDomains domains, CancellationToken ct)
    {
        if (options.Value.Transport != MailTransportKind.Smtp) return [];
        if (kept.TryGetValue(domains, out var known) && clock.GetElapsedTime(known.At) < known.For) return known.Warnings;

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(Math.Min(options.Value.Dns.TimeoutSeconds * MaxWaits, MaxSeconds)), clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var (warnings, fault) = await AskAsync(domains, stop.Token, ct);
        if (fault is not null)
        {
            Log.SenderDomainUnknown(logger);
            warnings = [.. warnings, new("dnsFailed", $"Whether receivers will believe the sender could not be examined whole: {fault} Look at Mail__Dns__Servers and Mail__Dns__TimeoutSeconds, or check again later.")];
        }

        if (kept.Count >= MaxKept) kept.Clear();
        kept[domains] = (warnings, clock.GetTimestamp(), fault is null ? Kept : FaultKept);
        return warnings;
    }

    private async Task<(IReadOnlyList<SenderDomainWarning> Warnings, string? Fault)> AskAsync(SenderDomains domains, CancellationToken stop, CancellationToken ct)
    {
        var dmarc = DmarcRecords.ReadAsync(dns, domains.From, stop);
        List<Task<IReadOnlyList<SenderDomainWarning>>> parts = [new SpfReading(dns, domains.ReturnPath).ReadAsync(stop), .. composer.Keys.Select(k => DkimRecords.ReadAsync(dns, k, stop))];
        var warnings = new List<SenderDomainWarning>();
        string? fault = null;
        foreach (var part in parts)
        {
            var (found, failed) = await OrFaultAsync(part, ct);
            warnings.AddRange(found ?? []);
            fault ??= failed;
        }

        var (policy, unknown) = await OrFaultAsync(dmarc, ct);
        if (policy is not null) warnings.AddRange(policy.Warnings);
        warnings.AddRange(Alignment(policy ?? DmarcRecords.None(domains.From), domains));
        return (warnings, fault ?? unknown);
    }

    /// <summary>What one part found is worth telling although another found nobody to ask.</summary>
    private static async Task<(T? Found, string? Fault)> OrFaultAsync<T>(Task<T> part, CancellationToken ct)
        where T : class
    {
        try
        {
            return (await part, null);
        }
        catch (DnsFault e)
        {
            return (null, e.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, "The name servers answer too slowly.");
        }
    }

    private IEnumerable<SenderDomainWarning> Alignment(DmarcRecords dmarc, SenderDomains domains)
    {
        if (composer.Keys.Count > 0 && composer.Keys[0].Domain is var signing && !dmarc.IsAligned(signing, "adkim"))
            yield return new("dkimNotAligned", $"Mails from {domains.From} are signed for {signing}, which receivers do not take for the same sender. Send from an address of {signing}, or set Mail__Dkim__Domain to {domains.From}.");
        if (!dmarc.IsAligned(domains.ReturnPath, "aspf"))
            yield return new("returnPathNotAligned", $"The return path lies in {domains.ReturnPath}, which receivers do not take for the same sender as {domains.From}.");
        if (!dmarc.IsAligned(domains.MessageId, ""))
            yield return new("messageIdNotAligned", $"The Message-ID names {domains.MessageId}, which filters do not take for the same sender as {domains.From}.");
    }
}
