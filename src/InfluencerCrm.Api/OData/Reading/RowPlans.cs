using System.Collections.Concurrent;
using System.Globalization;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.AspNetCore.Http;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>The plans of one database that are known, by what is asked and who asks.</summary>
internal sealed class RowPlans
{
    private const int Most = 500;
    private const int LongestOptions = 1000;
    private const int MostIds = 200;

    private static readonly PerModel<RowPlans> Known = new();

    // Null: asked for once, or impossible.
    private readonly ConcurrentDictionary<string, (RowPlan? Plan, bool Tried)> _plans = new(StringComparer.Ordinal);

    public static RowPlans Of(CrmDbContext db) => Known.Of(db, static _ => new RowPlans());

    /// <summary>What identifies the plan; null where none can be: the options mean something else from one moment to the next, or are very long.</summary>
    public static string? KeyOf(Type row, HttpRequest request, Actor actor)
    {
        var options = request.QueryString.Value ?? "";
        if (options.Length > LongestOptions || actor.ClientIds.Count + actor.HiddenCampaignIds.Count > MostIds)
        {
            return null;
        }

        // The time of asking, and candidates that an index gives, would be kept with the command.
        if (options.Length > 0 && Uri.UnescapeDataString(options) is var text
            && (text.Contains("now", StringComparison.OrdinalIgnoreCase) || text.Contains("search", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        return string.Create(CultureInfo.InvariantCulture,
            $"{row.FullName}\n{options}\n{actor.UserId}|{(long)actor.Rights}|{actor.IsSystem}|{actor.SeesAllClients}|{string.Join(',', actor.ClientIds)}|{string.Join(',', actor.HiddenCampaignIds)}");
    }

    /// <summary>The plan; made when it is asked for a second time, since most odd questions are asked once.</summary>
    public RowPlan? Find(string key, Func<RowPlan?> make)
    {
        if (!_plans.TryGetValue(key, out var known))
        {
            if (_plans.Count >= Most)
            {
                _plans.Clear();
            }

            _plans.TryAdd(key, default);
            return null;
        }

        if (!known.Tried)
        {
            known = (make(), true);
            _plans[key] = known;
        }

        return known.Plan;
    }
}
