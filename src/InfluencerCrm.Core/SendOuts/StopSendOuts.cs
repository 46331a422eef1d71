using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Topics;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>What a stop is about.</summary>
public enum StopScope
{
    SendOut,
    Campaign,
    Client,

    /// <summary>A topic with all that is beneath it, as the stories name them.</summary>
    Topic,

    All,
}

/// <summary>The stop switch: what nothing may leave of any more, and why.</summary>
public sealed record StopRequest
{
    public required StopScope Scope { get; init; }

    /// <summary>The send-out, campaign, client or topic; empty for all.</summary>
    public int? Id { get; init; }

    /// <summary>Why; shown on each send-out that is stopped, and kept in the audit.</summary>
    public required string Reason { get; init; }

    /// <summary>True: yes, stop them.</summary>
    public required bool Confirm { get; init; }
}

/// <summary>What was stopped.</summary>
/// <param name="SendOutIds">Send-outs that were not stopped before; each is lifted by itself.</param>
/// <param name="AlreadyStopped">How many of those meant were stopped before.</param>
public sealed record StopAnswer(IReadOnlyList<int> SendOutIds, int AlreadyStopped);

/// <summary>
/// Stops every send-out that touches a subject and is not over, drafts too: from the commit on no mail of them begins. Stopping takes no right to
/// send: whoever sees the danger may act, on what they may see.
/// </summary>
public sealed class StopSendOuts(CrmDbContext db, CurrentActor scope, TimeProvider clock)
{
    private const int ReasonLength = 1000;

    /// <exception cref="RuleViolation">Reason, confirmation or id is missing, or there is nothing with this id.</exception>
    public async Task<StopAnswer> ExecuteAsync(StopRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.WriteContacts);
        var reason = ReasonOf(request);
        var meant = await MeantAsync(request, ct);
        var live = await meant.Where(s => s.Status != SendOutStatus.Completed && s.Status != SendOutStatus.Cancelled).Select(s => new { s.Id, Stopped = s.StoppedAt != null }).ToListAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var by = scope.Required.UserId;
        var stopped = new List<int>();
        await using var unit = await db.BeginUnitAsync(ct);
        foreach (var ids in live.Where(s => !s.Stopped).Select(s => s.Id).Order().Chunk(500))
        {
            await db.SendOuts.Where(s => ids.Contains(s.Id) && s.StoppedAt == null).UpdateRowsAsync(
                now, set => set.SetProperty(s => s.StoppedAt, now).SetProperty(s => s.StoppedById, by).SetProperty(s => s.StopReason, reason), ct);
            stopped.AddRange(ids);
            db.AddRange(ids.Select(id => AuditEntry.Act(scope.Required, nameof(SendOut), id, $"stopped ({Words.Camel(request.Scope.ToString())} {request.Id}): {reason}", now)));
        }

        await db.SaveChangesAsync(ct);
        await unit.CommitAsync(ct);
        return new StopAnswer(stopped, live.Count(s => s.Stopped));
    }

    private static string ReasonOf(StopRequest request)
    {
        var reason = request.Reason?.Trim() ?? "";
        return reason.Length == 0 ? throw new RuleViolation("required", "reason must be given: the team has to know why nothing leaves.", "reason")
            : reason.Length > ReasonLength ? throw new RuleViolation("tooLong", $"reason may be {ReasonLength} characters long.", "reason")
            : !request.Confirm ? throw new RuleViolation("notConfirmed", "Set confirm to true: mails that were to leave will not.", "confirm")
            : request.Scope == StopScope.All || request.Id is not null ? reason
            : throw new RuleViolation("required", $"id must be given: which {Words.Camel(request.Scope.ToString())} is to be stopped.", "id");
    }

    private async Task<IQueryable<SendOut>> MeantAsync(StopRequest request, CancellationToken ct)
    {
        var id = request.Id ?? 0;
        switch (request.Scope)
        {
            case StopScope.SendOut:
                Require(await db.SendOuts.AnyAsync(s => s.Id == id, ct), typeof(SendOut), id);
                return db.SendOuts.Where(s => s.Id == id);
            case StopScope.Campaign:
                Require(await db.Campaigns.AnyAsync(c => c.Id == id, ct), typeof(Campaign), id);
                return db.SendOuts.Where(s => s.CampaignId == id);
            case StopScope.Client:
                Require(await db.Clients.AnyAsync(c => c.Id == id, ct), typeof(Client), id);
                return db.SendOuts.Where(s => s.ClientId == id);
            case StopScope.Topic:
                var topics = await TopicsAsync(id, ct);
                var told = await db.Stories.IgnoreQueryFilters([Filters.Archived]).Where(s => db.SendOuts.Any(o => o.StoryId == s.Id && o.Status != SendOutStatus.Completed && o.Status != SendOutStatus.Cancelled))
                    .Select(s => new { s.Id, s.TopicIds }).ToListAsync(ct);
                var stories = told.Where(s => s.TopicIds.Exists(topics.Contains)).Select(s => (int?)s.Id).ToList();
                return db.SendOuts.Where(s => stories.Contains(s.StoryId));
            default:
                return db.SendOuts;
        }
    }

    /// <summary>The topic and all beneath it.</summary>
    private async Task<HashSet<int>> TopicsAsync(int id, CancellationToken ct)
    {
        var all = await db.Topics.Select(t => new { t.Id, t.ParentId }).ToListAsync(ct);
        Require(all.Exists(t => t.Id == id), typeof(Topic), id);
        var children = all.ToLookup(t => t.ParentId, t => t.Id);
        var found = new HashSet<int>();
        var open = new Stack<int>([id]);
        while (open.TryPop(out var topic))
        {
            if (found.Add(topic))
            {
                foreach (var child in children[topic])
                {
                    open.Push(child);
                }
            }
        }

        return found;
    }

    private static void Require(bool exists, Type kind, int id)
    {
        if (!exists)
        {
            throw new RuleViolation("missingReference", $"id: there is no {Words.Of(kind)} {id}, or you may not see it.", "id");
        }
    }
}
