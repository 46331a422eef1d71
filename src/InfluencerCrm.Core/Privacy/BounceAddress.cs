using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.SendOuts.Rendering;

namespace InfluencerCrm.Core.Privacy;

/// <summary>
/// Mails to an address come back: its contact points show it, and a suppression of the address, of nobody's person, stands until an admin
/// lifts it or the address writes to us. The caller holds the transaction.
/// </summary>
public sealed class BounceAddress(AddSuppression suppress)
{
    /// <param name="key">In normal form; null: there is no address, and nothing to do.</param>
    /// <param name="source">Who said so, and in which words.</param>
    public async Task ExecuteAsync(string? key, string source, CancellationToken ct)
    {
        if (key is not null)
        {
            var kept = SearchTextOf.Cut(ValueText.OneLine(source), SuppressionConfiguration.SourceLength);
            await suppress.ExecuteAsync(new AddSuppressionRequest { AddressKey = key, Reason = SuppressionReason.Bounce, Source = kept }, ct);
        }
    }
}
