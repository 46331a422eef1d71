using InfluencerCrm.Core.Changes;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.Webhooks;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Data;

/// <summary>The hottest queries go by an index: SQLite's own plan names it, and reads no table from end to end.</summary>
public sealed class IndexUseTests : DatabaseTest
{
    private static readonly DateTime At = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    private static readonly Dictionary<string, (string Index, Func<CrmDbContext, IQueryable> Query)> Hot = new()
    {
        ["people of a country and kind, best first"] = ("IX_Influencers_Country_Kind_InfluenceScore",
            db => db.Influencers.Where(i => i.Country == "FR" && i.Kind == InfluencerKind.Journalist).OrderByDescending(i => i.InfluenceScore).ThenBy(i => i.Id).Take(101)),
        ["the best people who cover a topic"] = ("IX_InfluencerTopics_InfluencerId_TopicId",
            db => db.Influencers.Where(i => i.Topics.Any(t => t.TopicId == 5 && t.Weight >= 0.5)).OrderByDescending(i => i.InfluenceScore).ThenBy(i => i.Id).Take(101)),
        ["everybody who covers a topic"] = ("IX_InfluencerTopics_TopicId_Stance_InfluencerId",
            db => db.InfluencerTopics.Where(t => t.TopicId == 5 && t.Stance == TopicStance.Covers).Select(t => t.InfluencerId)),
        ["a person's history, newest first"] = ("IX_Interactions_InfluencerId_OccurredAt_Id",
            db => db.Interactions.Where(i => i.InfluencerId == 7).OrderByDescending(i => i.OccurredAt).ThenByDescending(i => i.Id).Take(101)),
        ["the claim of due messages"] = ("IX_Messages_SendOutId_Status_DueAt_Id",
            db => db.Messages.Where(m => m.SendOutId == 3 && m.Status == MessageStatus.Queued && m.DueAt <= At && (m.LeaseUntil == null || m.LeaseUntil < At)).OrderBy(m => m.DueAt).ThenBy(m => m.Id).Select(m => m.Id).Take(500)),
        ["what a dead host left"] = ("IX_Messages_Id", db => db.Messages.Where(m => m.Status == MessageStatus.Sending && m.LeaseUntil < At)),
        ["what a claim took"] = (Key, db => db.Messages.Where(m => Ids.Contains(m.Id) && m.ClaimToken == Token).OrderBy(m => m.Id)),
        ["a send-out's progress"] = ("IX_Messages_SendOutId_Status_DueAt_Id",
            db => db.Messages.IgnoreQueryFilters().Where(m => m.SendOutId == 3).GroupBy(m => m.Status).Select(g => new { g.Key, Count = g.Count() })),
        ["who holds an address"] = ("IX_ContactPoints_AddressKey", db => db.ContactPoints.Where(p => p.AddressKey == "zoe@example.org")),
        ["a client's history"] = ("IX_Interactions_ClientId_OccurredAt", db => db.Interactions.Where(i => i.ClientId == 7).OrderByDescending(i => i.OccurredAt).Take(101)),
        ["what a person was told of a story"] = ("IX_Interactions_StoryId_InfluencerId", db => db.Interactions.Where(i => i.StoryId == 7 && i.InfluencerId == 7)),
        ["who alone holds some addresses"] = ("IX_ContactPoints_UniqueAddressKey", db => db.ContactPoints.IgnoreQueryFilters().Where(p => Addresses.Contains(p.UniqueAddressKey!))),
        ["what forbids an address"] = ("IX_Suppressions_AddressHash_LiftedAt", db => db.Suppressions.Where(s => s.AddressHash == Hash && s.LiftedAt == null)),
        ["what forbids a person"] = ("IX_Suppressions_InfluencerId_LiftedAt", db => db.Suppressions.Where(s => s.InfluencerId == 7 && s.LiftedAt == null)),
        ["how often a person was written to"] = ("IX_Messages_InfluencerId_SentAt", db => db.Messages.IgnoreQueryFilters().Where(m => m.InfluencerId == 7 && m.SentAt > At)),
        ["what changed of a set since"] = (Key, db => ReadChanges.LastChanges(db, new ChangeWindow("interactions", 5, 9), null).Take(101)),
        ["whether it is a row's last change"] = ("IX_Changes_Key_Entity", db => ReadChanges.LastChanges(db, new ChangeWindow("interactions", 5, 9), new ChangedRow(3, 6, 6)).Take(101)),
        ["what a webhook was not told"] = (Key, db => RaiseWebhookEvents.Untold(db, 5, 6, 9)),
        ["the claim of due deliveries"] = ("IX_WebhookDeliveries_WebhookId_Status_DueAt_Id",
            db => db.WebhookDeliveries.IgnoreQueryFilters().Where(d => d.WebhookId == 3 && d.Status == WebhookDeliveryStatus.Pending && d.DueAt <= At).OrderBy(d => d.DueAt).ThenBy(d => d.Id).Select(d => d.Id).Take(100)),
        ["the stream of coverage"] = ("IX_Coverage_PublishedAt_Id", db => db.Coverage.OrderByDescending(c => c.PublishedAt).ThenByDescending(c => c.Id).Take(101)),
    };

    private const string Key = "USING INTEGER PRIMARY KEY";

    private static readonly long[] Ids = [7, 8, 9];

    private static readonly Guid? Token = new Guid("0f0e0d0c-0b0a-0908-0706-050403020100");

    private static readonly string[] Addresses = ["a@example.org", "b@example.org"];

    private static readonly byte[] Hash = new byte[32];

    public static TheoryData<string> HotNames => [.. Hot.Keys];

    [Theory]
    [MemberData(nameof(HotNames))]
    public async Task AHotQuery_GoesByItsIndex(string name)
    {
        await using var scope = Database.As(Actors.Officer(1, 2));

        var plan = await PlanAsync(scope, Hot[name].Query(scope.Db));

        Assert.Contains(plan, step => step.Contains(Hot[name].Index, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, IsScan);
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheCheck_FindsAScan()
    {
        await using var scope = Database.As(Actors.Officer(1, 2));

        Assert.Contains(await PlanAsync(scope, scope.Db.Influencers.Where(i => i.Bio == "x")), IsScan);
        Assert.Contains(await PlanAsync(scope, scope.Db.Influencers.OrderBy(i => i.City)), step => step.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal));
    }

    // Along an index in its order is how a page is read; a list of values in the statement is no table.
    private static bool IsScan(string step) =>
        step.StartsWith("SCAN", StringComparison.Ordinal) && !step.Contains("USING", StringComparison.Ordinal) && !step.Contains("VIRTUAL TABLE", StringComparison.Ordinal) && step != "SCAN CONSTANT ROW";

    private static async Task<List<string>> PlanAsync(CrmScope scope, IQueryable query)
    {
        await scope.Db.Database.OpenConnectionAsync(Ct);
        await using var command = query.CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        var steps = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct))
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }
}
