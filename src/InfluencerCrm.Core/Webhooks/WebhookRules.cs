using InfluencerCrm.Core.Data;
using Microsoft.AspNetCore.DataProtection;

namespace InfluencerCrm.Core.Webhooks;

/// <summary>Secrets shared with other tools are kept encrypted.</summary>
public sealed class WebhookRules(IDataProtectionProvider protection) : IRowRule<Webhook>
{
    private readonly IDataProtector _protector = protection.CreateProtector("Webhook.Secret");

    public Task CheckAsync(Webhook row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.NewSecret is { } secret)
        {
            row.Keep(secret.Length == 0 ? null : _protector.Protect(secret));
        }

        return Task.CompletedTask;
    }

    /// <summary>For signing what is sent, and nothing else.</summary>
    public string? SecretOf(Webhook webhook)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return webhook.ProtectedSecret is null ? null : _protector.Unprotect(webhook.ProtectedSecret);
    }
}
