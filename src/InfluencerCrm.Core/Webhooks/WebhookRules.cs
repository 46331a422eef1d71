using InfluencerCrm.Core.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Webhooks;

/// <summary>Secrets shared with other tools are kept encrypted; a webhook hears of what happens from when it is made, or switched on again.</summary>
public sealed class WebhookRules(IDataProtectionProvider protection, CrmDbContext db, IDatabaseProvider provider) : IRowRule<Webhook>
{
    private readonly IDataProtector _protector = protection.CreateProtector("Webhook.Secret");

    private bool _begins;

    public Task CheckAsync(Webhook row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.NewSecret is { } secret)
        {
            row.Keep(_protector.Protect(secret));
        }

        var entry = db.Entry(row);
        _begins = entry.State == EntityState.Added || (row.Active && !entry.Property(w => w.Active).OriginalValue);
        return Task.CompletedTask;
    }

    public async Task SavedAsync(Webhook row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (!_begins || db.Entry(row).State == EntityState.Detached)
        {
            return;
        }

        var horizon = await provider.ChangeHorizonAsync(db, ct);
        if (await db.WebhookFeeds.FirstOrDefaultAsync(f => f.WebhookId == row.Id, ct) is { } feed)
        {
            feed.SkipTo(horizon);
        }
        else
        {
            db.Add(new WebhookFeed(row.Id, horizon));
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>For signing what is sent, and nothing else.</summary>
    public string? SecretOf(Webhook webhook)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return webhook.ProtectedSecret is null ? null : _protector.Unprotect(webhook.ProtectedSecret);
    }
}
