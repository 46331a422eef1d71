using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>What mail servers are signed in to with is kept encrypted.</summary>
public sealed class SenderAccountRules(SenderSecrets secrets) : IRowRule<SenderAccount>
{
    public Task CheckAsync(SenderAccount row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        secrets.Protect(row);
        return Task.CompletedTask;
    }
}
