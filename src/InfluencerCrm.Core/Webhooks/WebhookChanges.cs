using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Webhooks;

/// <summary>What may be sent for a webhook.</summary>
public sealed record WebhookChanges
{
    public Optional<string> Url { get; init; }

    public Optional<List<string>> Events { get; init; }

    public Optional<bool> Active { get; init; }

    public Optional<int?> ClientId { get; init; }

    /// <summary>Write-only; signs what is sent: <c>whsec_</c> and Base64 of 24 to 64 bytes. A new webhook without one gets one, which its answer shows once.</summary>
    public Optional<string> Secret { get; init; }
}
