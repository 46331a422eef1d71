using System.Data;
using InfluencerCrm.Core.Changes;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.Core.Webhooks;
using InfluencerCrm.Core.Work;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Data.SqlServer;

/// <summary>The SQL that the product's kinds of queries become on SQL Server is SQL that it takes.</summary>
public sealed class SqlServerQueriesTests
{
    private static readonly DateTime Now = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    private static readonly List<int> SomeIds = [1, 2, 3];

    private static readonly string[] Keys = ["a@example.org", "b@example.org"];

    private static readonly byte[] Hash = new byte[32];

    private static readonly Dictionary<string, Func<CrmDbContext, IQueryable>> Reads = new()
    {
        ["country and kind, best first"] = db => People(db).Where(i => i.Country == "FR" && i.Kind == InfluencerKind.Journalist).OrderByDescending(i => i.InfluenceScore).ThenBy(i => i.Id).Take(101),
        ["a later page"] = db => People(db).OrderBy(i => i.DisplayName).ThenBy(i => i.Id).Skip(200).Take(101),
        ["search"] = db => People(db).Where(i => i.SearchText.Contains("zoe") && i.SearchText.Contains("100%_[")),
        ["search over links"] = db => People(db).Where(LinkedWords.Hold("zoe")).Where(i => !i.SearchText.Contains("100%_[")),
        ["people by links"] = db => LinkedWords.KeysOf(db, "zoe", 1001),
        ["starts with"] = db => People(db).Where(i => i.LastNameSearch.StartsWith("lef") || i.DisplayNameSearch.EndsWith("re")),
        ["any topic"] = db => People(db).Where(i => i.Topics.Any(t => t.TopicId == 5 && t.Weight >= 0.5 && t.Topic!.Name == "Solar")),
        ["any of some topics"] = db => People(db).Where(i => i.Topics.Any(t => SomeIds.Contains(t.TopicId)) && !i.Topics.Any(t => t.Stance == TopicStance.Refuses)),
        ["all topics"] = db => People(db).Where(i => i.Topics.All(t => t.Weight > 0.1)),
        ["any tag"] = db => People(db).Where(i => i.Tags.Any(t => t == "solar") && i.Languages.Contains("fr") && i.Tags.Count > 1),
        ["computed stage"] = db => People(db).Where(i => i.RelationshipStage == RelationshipStage.Convinced).OrderBy(i => i.RelationshipAim),
        ["behind walls"] = db => People(db).Where(i => i.Relationships.Any(r => r.ClientId == 1) && i.Interactions.Any(n => n.CampaignId != 2)),
        ["count of a navigation"] = db => People(db).Where(i => i.Interactions.Count > 3).OrderBy(i => i.Interactions.Max(n => (DateTime?)n.OccurredAt)),
        ["newest interactions of a person"] = db => db.Interactions.AsNoTracking().Where(i => i.InfluencerId == 7).OrderByDescending(i => i.OccurredAt).ThenByDescending(i => i.Id).Take(101),
        ["navigation route"] = db => People(db).Where(i => i.Id == 7).SelectMany(i => i.Coverage).OrderBy(c => c.Id).Take(101),
        ["expand in one query"] = db => People(db).Include(i => i.Topics).ThenInclude(t => t.Topic).Include(i => i.ContactPoints).OrderByDescending(i => i.InfluenceScore).Take(11),
        ["expand with filter and top"] = db => People(db).Select(i => new { i.Id, Last = i.Interactions.Where(n => n.Kind == InteractionKind.Call).OrderByDescending(n => n.OccurredAt).Take(3).ToList() }).Take(11),
        ["first of each"] = db => People(db).Select(i => new { i.DisplayName, Email = i.ContactPoints.Where(p => p.Primary).OrderBy(p => p.Id).Select(p => p.Value).FirstOrDefault() }),
        ["changes of a set"] = db => ReadChanges.LastChanges(db, new ChangeWindow("interactions", 5, 9), new ChangedRow(3, 6, 6)).Take(101),
        ["changes a webhook was not told"] = db => RaiseWebhookEvents.Untold(db, 5, 6, 9),
        ["grouped"] = db => db.Messages.GroupBy(m => new { m.SendOutId, m.Status }).Select(g => new { g.Key.SendOutId, g.Key.Status, Count = g.Count() }),
        ["grouped by month"] = db => db.Coverage.GroupBy(c => new { c.PublishedAt.Year, c.PublishedAt.Month }).Select(g => new { g.Key, Reach = g.Sum(c => c.Reach) }).OrderBy(g => g.Key.Year),
        ["stories by topic"] = db => db.Stories.Where(s => s.TopicIds.Contains(5) && s.Status == StoryStatus.Approved),
        ["holders of addresses"] = db => db.ContactPoints.IgnoreQueryFilters().Where(p => Keys.Contains(p.UniqueAddressKey!)).Select(p => new { p.UniqueAddressKey, p.InfluencerId }),
        ["suppressions"] = db => db.Suppressions.Where(s => s.LiftedAt == null && (s.AddressHash == Hash || s.InfluencerId == 7) && (s.Scope == Core.Privacy.SuppressionScope.All || s.ClientId == 1)),
        ["contact pressure"] = db => db.Messages.IgnoreQueryFilters().Where(m => SomeIds.Contains(m.InfluencerId!.Value) && m.SentAt > Now.AddDays(-7)).GroupBy(m => m.InfluencerId).Select(g => new { g.Key, Count = g.Count() }),
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> ReadNames => [.. Reads.Keys];

    [Theory]
    [MemberData(nameof(ReadNames))]
    public async Task ARead_IsTransactSql(string name)
    {
        await using var server = new SqlServerWithoutServer();

        var sql = Reads[name](server.Db).ToQueryString();

        Assert.Contains("SELECT", sql, StringComparison.Ordinal);
        Assert.Empty(TSql.ProblemsOf(sql));
    }

    [Fact]
    public async Task ASplitExpand_IsTransactSql()
    {
        await using var server = new SqlServerWithoutServer(Row(7, 7, 7));

        await People(server.Db).OrderByDescending(i => i.InfluenceScore).Take(11)
            .Select(i => new { i.Id, Topics = i.Topics.Select(t => t.TopicId).ToList(), Last = i.Interactions.OrderByDescending(n => n.OccurredAt).Take(3).Select(n => n.Id).ToList() })
            .AsSplitQuery().ToListAsync(Ct);

        Assert.Equal(3, server.Commands.Count);
        Assert.All(server.Commands, c => Assert.Empty(TSql.ProblemsOf(c)));
    }

    [Fact]
    public async Task TheClaim_ReadsThenTakesUnderTheSameConditionThenLoads()
    {
        await using var server = new SqlServerWithoutServer(Row(1L), Row(2L), Row(3L));

        await server.Db.Messages.Where(m => m.Status == MessageStatus.Queued && m.SendOut!.Status == SendOutStatus.Sending).ClaimAsync(Now, 2, Ct);
        await server.Db.Messages.RenewAsync(Guid.NewGuid(), Now, Ct);
        await server.Db.Messages.ReleaseAsync(Guid.NewGuid(), Ct);

        Assert.Equal(5, server.Commands.Count);
        Assert.All(server.Commands, c => Assert.Empty(TSql.ProblemsOf(c)));
        Assert.StartsWith("UPDATE", server.Commands[1][server.Commands[1].IndexOf("UPDATE", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("[LeaseUntil] <", server.Commands[1][server.Commands[1].IndexOf("WHERE", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheIntentGate_IsOneStatementOfTransactSql()
    {
        await using var server = new SqlServerWithoutServer();
        var db = server.Db;
        var (id, token) = (5L, Guid.NewGuid());

        await db.Messages.IgnoreQueryFilters()
            .Where(m => m.Id == id && m.ClaimToken == token && m.LeaseUntil > Now && m.Status == MessageStatus.Queued
                && m.SendOut!.Status == SendOutStatus.Sending
                && !m.Influencer!.DoNotContact && m.Influencer.ErasedAt == null && m.Influencer.Email == m.ToAddress
                && !db.Suppressions.IgnoreQueryFilters().Any(s => s.LiftedAt == null && s.InfluencerId == m.InfluencerId && (s.ClientId == null || s.ClientId == m.ClientId))
                && (m.SendOut.Story!.EmbargoUntil == null || m.SendOut.Story.EmbargoUntil <= Now
                    || db.EmbargoAgreements.IgnoreQueryFilters().Any(a => a.StoryId == m.SendOut.StoryId && a.InfluencerId == m.InfluencerId && a.Status == EmbargoStatus.Accepted
                        && a.AcceptedUntil >= m.SendOut.Story.EmbargoUntil)))
            .UpdateRowsAsync(Now, set => set.SetProperty(m => m.Status, MessageStatus.Sending).SetProperty(m => m.Attempts, m => m.Attempts + 1), Ct);
        await db.RateBudgets.Where(b => b.Subject == "account:1" && b.Window == RateWindow.Minute && b.Used < 30)
            .UpdateRowsAsync(Now, set => set.SetProperty(b => b.Used, b => b.Used + 1), Ct);
        await db.InfluencerTopics.Where(t => t.Topic!.Name == "Gone").DeleteRowsAsync(Ct);

        Assert.Equal(3, server.Commands.Count);
        Assert.All(server.Commands, c => Assert.Empty(TSql.ProblemsOf(c)));
        Assert.Contains("[Version] = ", server.Commands[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BulkInserts_AreTransactSql(bool readKeys)
    {
        await using var server = new SqlServerWithoutServer();
        await using var people = new BulkInsert<Influencer>(server.Db, TimeProvider.System, readKeys);
        await using var messages = new BulkInsert<Message>(server.Db, TimeProvider.System, readKeys);

        Assert.Empty(TSql.ProblemsOf(people.TextFor(3)));
        Assert.Empty(TSql.ProblemsOf(messages.TextFor(1)));
    }

    private static IQueryable<Influencer> People(CrmDbContext db) => db.Influencers.AsNoTracking();

    private static object[] Row(params object[] values) => values;
}
