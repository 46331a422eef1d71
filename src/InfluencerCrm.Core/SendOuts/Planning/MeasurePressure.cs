using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Interactions;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>How often a person was approached unasked in the last thirty days.</summary>
/// <param name="OfClient">For the same client.</param>
/// <param name="OfAgency">By anybody here; a number only, since some of it may lie behind a wall.</param>
/// <param name="FreeAt">When the same client may approach the person again; null: now.</param>
public sealed record Pressure(int OfClient, int OfAgency, DateTime? FreeAt);

/// <summary>
/// Counts unsolicited approaches: pitches and releases that were mailed, and pitches made otherwise (calls, messages). Invitations, corrections,
/// statements, notices and what was agreed to are free. Looks behind walls and confidential campaigns, and gives numbers only.
/// </summary>
public sealed class MeasurePressure(CrmDbContext db)
{
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <summary>Approaches for one client within the window that block another.</summary>
    public const int ClientLimit = 1;

    /// <summary>Approaches by the whole agency within the window that call for a warning.</summary>
    public const int AgencyLimit = 3;

    /// <summary>Only these count, and only these are held back.</summary>
    public static bool Counts(SendOutPurpose purpose) => purpose is SendOutPurpose.Pitch or SendOutPurpose.Release;

    /// <param name="at">The moment of the next approach.</param>
    /// <returns>Only people who were approached at all.</returns>
    public async Task<IReadOnlyDictionary<int, Pressure>> ExecuteAsync(IReadOnlyCollection<int> influencerIds, int? clientId, DateTime at, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(influencerIds);
        var since = at - Window;
        var approaches = new List<(int Person, int? Client, DateTime At)>();
        foreach (var ids in influencerIds.Chunk(LoadRecipients.Together))
        {
            var mails = await db.Messages.IgnoreQueryFilters([Filters.Wall, Filters.Confidential, Filters.Archived])
                .Where(m => EF.Parameter(ids).Contains(m.InfluencerId!.Value) && m.SentAt > since && m.SentAt <= at
                    && (m.SendOut!.Purpose == SendOutPurpose.Pitch || m.SendOut.Purpose == SendOutPurpose.Release))
                .Select(m => new { m.InfluencerId, m.ClientId, m.SentAt }).ToListAsync(ct);
            approaches.AddRange(mails.Select(m => (m.InfluencerId!.Value, m.ClientId, m.SentAt!.Value)));

            // A mail's own entry is the mail once more.
            var entries = await db.Interactions.IgnoreQueryFilters([Filters.Wall, Filters.Confidential])
                .Where(i => EF.Parameter(ids).Contains(i.InfluencerId!.Value) && i.Kind == InteractionKind.Pitch && i.Status == InteractionStatus.Done
                    && i.Direction == InteractionDirection.Outbound && i.MessageId == null && i.OccurredAt > since && i.OccurredAt <= at)
                .Select(i => new { i.InfluencerId, i.ClientId, i.OccurredAt }).ToListAsync(ct);
            approaches.AddRange(entries.Select(i => (i.InfluencerId!.Value, i.ClientId, i.OccurredAt)));
        }

        return approaches.GroupBy(a => a.Person).ToDictionary(g => g.Key, g =>
        {
            var ofClient = g.Where(a => a.Client == clientId).Select(a => a.At).ToList();
            return new Pressure(ofClient.Count, g.Count(), ofClient.Count >= ClientLimit ? ofClient.Max() + Window : null);
        });
    }
}
