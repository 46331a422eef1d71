using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Privacy;

/// <summary>Writes down that a person wants no more mails, and takes back what is queued for them. The caller holds the transaction.</summary>
public sealed class OptOut(CrmDbContext db, AddSuppression suppress, TimeProvider clock)
{
    /// <param name="person">Who.</param>
    /// <param name="toAddress">The address their wish came from, or their mail went to; null: unknown.</param>
    /// <param name="client">Whose mails; null: everybody's.</param>
    public async Task ExecuteAsync(int person, string? toAddress, int? client, SuppressionReason reason, string source, CancellationToken ct)
    {
        await SuppressAsync(person, toAddress, client, reason, source, ct);
        await SkipQueuedAsync(person, client, ct);
    }

    /// <summary>The person, and every address that is theirs alone: the same person imported anew stays opted out, and others who share a desk's address do not lose it.</summary>
    private async Task SuppressAsync(int person, string? toAddress, int? client, SuppressionReason reason, string source, CancellationToken ct)
    {
        var keys = await db.ContactPoints.Where(p => p.InfluencerId == person && p.Kind == ContactKind.Email && !p.Shared).Select(p => p.AddressKey).ToListAsync(ct);
        if (AddressKey.TryParse(toAddress, out var written, out _) && !await db.ContactPoints.AnyAsync(p => p.AddressKey == written, ct))
        {
            keys.Add(written);
        }

        foreach (var key in keys.Distinct().DefaultIfEmpty(null))
        {
            await suppress.ExecuteAsync(
                new AddSuppressionRequest
                {
                    AddressKey = key,
                    InfluencerId = person,
                    Scope = client is null ? SuppressionScope.All : SuppressionScope.Client,
                    ClientId = client,
                    Reason = reason,
                    Source = source,
                },
                ct);
        }
    }

    private Task<int> SkipQueuedAsync(int person, int? client, CancellationToken ct) =>
        db.Messages.Where(m => m.InfluencerId == person && (client == null || m.ClientId == client) && (m.Status == MessageStatus.Queued || m.Status == MessageStatus.Deferred))
            .UpdateRowsAsync(
                clock.GetUtcNow().UtcDateTime,
                set => set.SetProperty(m => m.Status, MessageStatus.Skipped).SetProperty(m => m.SkipReason, SkipReason.Suppressed)
                    .SetProperty(m => m.AddressKey, (string?)null).SetProperty(m => m.DueAt, (DateTime?)null)
                    .SetProperty(m => m.ClaimToken, (Guid?)null).SetProperty(m => m.LeaseUntil, (DateTime?)null),
                ct);
}
