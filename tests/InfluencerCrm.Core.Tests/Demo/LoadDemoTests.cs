using System.Security.Cryptography;
using System.Text;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Demo;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.Requests;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.Core.Team;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Demo;

public sealed class LoadDemoTests(DemoDatabase demo) : IClassFixture<DemoDatabase>
{
    private static readonly string[] HiddenWords = ["rochambel", "quillévéré", "ferhat", "tramontane", "soudeurs par an"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Teaser_IsDone_AndTheFileLeavesTomorrowAtNine()
    {
        await using var admin = demo.Database.As(Actors.Admin);
        var sendOuts = await admin.Db.SendOuts.AsNoTracking().Include(s => s.Messages).OrderBy(s => s.Id).ToListAsync(Ct);

        var teaser = sendOuts[0];
        Assert.Equal(SendOutStatus.Completed, teaser.Status);
        Assert.Equal(81, teaser.Messages.Count(m => m.Status == MessageStatus.Sent));
        Assert.Equal(2, teaser.Messages.Count(m => m.Status == MessageStatus.Bounced));
        Assert.Equal(1, teaser.Messages.Count(m => m.Status == MessageStatus.Unconfirmed));
        Assert.Contains(teaser.Messages, m => m.Status == MessageStatus.Skipped);
        Assert.Equal(81, await admin.Db.Interactions.CountAsync(i => i.SendOutId == teaser.Id && i.MessageId != null, Ct));
        var content = sendOuts[1];
        Assert.Equal(SendOutStatus.Scheduled, content.Status);
        Assert.Equal(new DateTime(2026, 3, 3, 8, 0, 0, DateTimeKind.Utc), content.ScheduledAt);
        Assert.Equal(23, content.Messages.Count);
        Assert.All(content.Messages, m => Assert.Equal(MessageStatus.Queued, m.Status));
        Assert.All(content.Messages, m => Assert.True(m.DueAt > demo.Database.Clock.GetUtcNow().UtcDateTime));
        Assert.Equal(23, await admin.Db.EmbargoAgreements.CountAsync(a => a.StoryId == content.StoryId && a.Status == EmbargoStatus.Accepted, Ct));
        Assert.Equal(4, await admin.Db.EmbargoAgreements.CountAsync(a => a.StoryId == content.StoryId && a.Status == EmbargoStatus.Refused, Ct));
        Assert.Equal(1, await admin.Db.EmbargoAgreements.CountAsync(a => a.Status == EmbargoStatus.Broken, Ct));
    }

    [Fact]
    public async Task Dates_AreCountedFromToday()
    {
        var now = demo.Database.Clock.GetUtcNow().UtcDateTime;
        await using var admin = demo.Database.As(Actors.Admin);

        Assert.False(await admin.Db.Interactions.AnyAsync(i => i.OccurredAt > now, Ct));
        Assert.False(await admin.Db.Coverage.AnyAsync(c => c.PublishedAt > now, Ct));
        Assert.False(await admin.Db.Messages.AnyAsync(m => m.DueAt < now, Ct));
        Assert.False(await admin.Db.Influencers.AnyAsync(i => i.AwayUntil < now, Ct));
        Assert.True(await admin.Db.Requests.AnyAsync(r => r.Status == PressRequestStatus.Open && r.DeadlineAt < now, Ct));
    }

    [Fact]
    public async Task Addresses_ReachNobody()
    {
        await using var admin = demo.Database.As(Actors.Admin);
        var addresses = (await admin.Db.ContactPoints.Where(p => p.Kind == ContactKind.Email).Select(p => p.Value).ToListAsync(Ct))
            .Concat(await admin.Db.Users.Select(u => u.Email!).ToListAsync(Ct))
            .Concat((await admin.Db.ClientContacts.Select(c => c.Email).ToListAsync(Ct)).OfType<string>())
            .Concat((await admin.Db.SendOuts.Select(c => c.FromAddress).ToListAsync(Ct)).OfType<string>());
        var urls = (await admin.Db.Coverage.Select(c => c.Url).ToListAsync(Ct)).Concat(await admin.Db.Outlets.Select(o => o.Url).ToListAsync(Ct)).Concat(await admin.Db.Presences.Select(p => p.Url).ToListAsync(Ct)).OfType<string>();

        Assert.All(addresses, a => Assert.Matches(@"@([a-z0-9-]+\.)*([a-z0-9-]+\.test|example\.org)$", a));
        Assert.All(urls, u => Assert.EndsWith(".test", new Uri(u).Host, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wall_HidesTheSensitiveClientFromEverybodyElse()
    {
        var theo = await ActorOfAsync("theo.marchandeau@passerelle.test");
        var solene = await ActorOfAsync("solene.kerbrat@passerelle.test");

        Assert.Empty(await SeenByAsync(theo));
        Assert.Empty(await SeenByAsync(await ActorOfAsync("hannah.whitcombe@passerelle.test")));
        Assert.Empty(await SeenByAsync(await ActorOfAsync("client.lumivelle@passerelle.test")));
        Assert.NotEmpty(await SeenByAsync(solene));
    }

    [Fact]
    public async Task EveryRow_KeepsTheRulesOfTheApi()
    {
        await using var admin = demo.Database.As(Actors.Admin);
        var checkedRows = 0;
        foreach (var entity in admin.Db.Model.GetEntityTypes().Where(e => typeof(IRow).IsAssignableFrom(e.ClrType) && e.ClrType != typeof(Core.Audit.AuditEntry)))
        {
            foreach (var row in await RowsAsync(admin.Db, entity.ClrType))
            {
                admin.Db.Entry(row).State = EntityState.Modified;
                checkedRows++;
            }

            await RowRules.CheckAsync(admin.Db, Ct);
            admin.Db.ChangeTracker.Clear();
        }

        Assert.InRange(checkedRows, 7000, 20_000);
    }

    [Fact]
    public async Task ASecondLoad_DoesNothing()
    {
        var again = await DemoDatabase.LoadAsync(demo.Database, new DemoOptions { Today = DemoDatabase.Today, Seed = 7 }, Ct);

        Assert.Null(again);
        await using var admin = demo.Database.As(Actors.Admin);
        Assert.Equal(300, await admin.Db.Influencers.CountAsync(Ct));
    }

    [Fact]
    public async Task SameDayAndSeed_GiveTheSameContent()
    {
        var first = await HashAsync(demo.Database);
        await using var twin = await CrmDatabase.CreateAsync(Ct);
        await DemoDatabase.LoadAsync(twin, new DemoOptions { Today = DemoDatabase.Today }, Ct);
        await using var other = await CrmDatabase.CreateAsync(Ct);
        await DemoDatabase.LoadAsync(other, new DemoOptions { Today = DemoDatabase.Today, Seed = 7 }, Ct);

        Assert.Equal(first, await HashAsync(twin));
        Assert.NotEqual(first, await HashAsync(other));
    }

    [Theory]
    [InlineData("2026-08-12")]
    [InlineData("2026-12-31")]
    [InlineData("2027-02-28")]
    public async Task AnyDay_GivesTheSameShape(string date)
    {
        var today = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture);
        await using var database = await CrmDatabase.CreateAsync(Ct);
        database.Clock.SetUtcNow(new DateTimeOffset(today, new TimeOnly(8, 0), TimeSpan.Zero));
        await DemoDatabase.LoadAsync(database, new DemoOptions { Today = today }, Ct);
        await using var admin = database.As(Actors.Admin);
        var now = database.Clock.GetUtcNow().UtcDateTime;

        Assert.Equal(75, await admin.Db.Influencers.CountAsync(i => i.Interactions.Count == 0, Ct));
        Assert.Equal(1500, await admin.Db.Coverage.CountAsync(c => c.Status == CoverageStatus.Observed, Ct));
        Assert.Equal(420, await admin.Db.Coverage.CountAsync(c => c.Status != CoverageStatus.Observed, Ct));
        Assert.Equal(1, await admin.Db.Messages.CountAsync(m => m.Status == MessageStatus.Unconfirmed, Ct));
        Assert.Equal(23, await admin.Db.Messages.CountAsync(m => m.Status == MessageStatus.Queued, Ct));
        Assert.False(await admin.Db.Interactions.AnyAsync(i => i.OccurredAt > now, Ct));
        Assert.False(await admin.Db.Coverage.AnyAsync(c => c.PublishedAt > now, Ct));
    }

    [Fact]
    public async Task Passwords_DifferBetweenInstallations()
    {
        await using var one = await CrmDatabase.CreateAsync(Ct);
        await using var two = await CrmDatabase.CreateAsync(Ct);

        var first = await DemoDatabase.LoadAsync(one, new DemoOptions { Today = DemoDatabase.Today }, Ct);
        var second = await DemoDatabase.LoadAsync(two, new DemoOptions { Today = DemoDatabase.Today }, Ct);

        Assert.NotEqual(first!.Password, second!.Password);
        Assert.NotEqual(first.ApiKey, second.ApiKey);
        await using var scope = one.As(null);
        Assert.True((await scope.Get<LoadActor>().OfKeyAsync(first.ApiKey, Ct))!.Can(Right.Administer));
    }

    private async Task<Actor> ActorOfAsync(string email)
    {
        await using var scope = demo.Database.As(Actors.Admin);
        var id = await scope.Db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(Ct);
        return (await scope.Get<LoadActor>().OfUserAsync(id, Ct))!;
    }

    /// <summary>Texts of any row the actor may see that speak of the hidden client.</summary>
    private async Task<List<string>> SeenByAsync(Actor actor)
    {
        await using var scope = demo.Database.As(actor);
        var seen = new List<string>();
        foreach (var entity in scope.Db.Model.GetEntityTypes().Where(e => typeof(IRow).IsAssignableFrom(e.ClrType) && e.ClrType != typeof(Core.Audit.AuditEntry)))
        {
            foreach (var row in await RowsAsync(scope.Db, entity.ClrType))
            {
                seen.AddRange(entity.GetProperties().Select(p => p.PropertyInfo?.GetValue(row)).OfType<string>()
                    .Where(t => HiddenWords.Any(w => t.Contains(w, StringComparison.OrdinalIgnoreCase))).Select(t => $"{entity.ClrType.Name}: {t}"));
            }
        }

        return seen;
    }

    private static async Task<string> HashAsync(CrmDatabase database)
    {
        await using var admin = database.As(Actors.Admin);
        var text = new StringBuilder();
        string[] random = ["Version", "Token", "InternetMessageId", "KeyHash", "Prefix", "SecurityStamp", "ConcurrencyStamp", "PasswordHash", "ProtectedValue"];
        foreach (var entity in admin.Db.Model.GetEntityTypes().Where(e => typeof(IRow).IsAssignableFrom(e.ClrType) && e.ClrType != typeof(KeptSecret) && e.ClrType != typeof(Core.Audit.AuditEntry)).OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            foreach (var row in await RowsAsync(admin.Db, entity.ClrType))
            {
                text.AppendJoin('|', entity.GetProperties().Where(p => p.PropertyInfo is not null && !random.Contains(p.Name)).Select(p => Plain(p.PropertyInfo!.GetValue(row)))).Append('\n');
            }
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Plain(object? value) => value switch
    {
        null => "",
        string text => text,
        System.Collections.IEnumerable list => string.Join(',', list.Cast<object>()),
        LocalizedText text => string.Join(',', text.Values.Select(v => $"{v.Key}={v.Value}")),
        IFormattable other => other.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static Task<List<object>> RowsAsync(CrmDbContext db, Type type) =>
        (Task<List<object>>)typeof(LoadDemoTests).GetMethod(nameof(RowsOfAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [db])!;

    private static async Task<List<object>> RowsOfAsync<T>(CrmDbContext db)
        where T : class => (await db.Set<T>().AsNoTracking().ToListAsync(Ct)).OrderBy(r => Convert.ToInt64(typeof(T).GetProperty("Id")!.GetValue(r), System.Globalization.CultureInfo.InvariantCulture)).Cast<object>().ToList();
}
