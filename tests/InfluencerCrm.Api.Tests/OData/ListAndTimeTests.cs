namespace InfluencerCrm.Api.Tests.OData;

public sealed class ListAndTimeTests
{
    public static TheoryData<string> Providers => [.. TestDatabase.Providers];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task In_OnEnums_IsEachOfThem(string provider)
    {
        await using var app = await CrmApp.StartAsync(provider);
        var influencerId = await PersonAsync(app);
        foreach (var (kind, sentiment) in new[] { ("call", "positive"), ("pitch", "negative"), ("note", null) })
        {
            await app.CreateAsync("interactions", new { influencerId, kind, sentiment, occurredAt = "2026-02-01T10:00:00Z" });
        }

        Assert.Equal(["call", "pitch"], await KindsAsync(app, "$filter=kind in ('call','pitch')"));
        Assert.Equal(["note"], await KindsAsync(app, "$filter=not (kind in ('call','pitch'))"));
        Assert.Equal(["call", "pitch"], await KindsAsync(app, "$filter=sentiment in ('positive','negative')"));
        Assert.Equal(["call", "note"], await KindsAsync(app, "$filter=sentiment in ('positive',null)"));
        Assert.Equal(["pitch"], await KindsAsync(app, "$apply=filter(kind in ('pitch','meeting'))/groupby((kind))"));
        using var unknown = await app.Admin.GetAsync(new Uri("odata/interactions?$filter=kind in ('call','telegram')", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task NowAndADuration_AreAMoment(string provider)
    {
        await using var app = await CrmApp.StartAsync(provider);
        var now = TimeProvider.System.GetUtcNow();
        var influencerId = await PersonAsync(app);
        await app.CreateAsync("interactions", new { influencerId, kind = "call", occurredAt = now.AddDays(-70) });
        await app.CreateAsync("interactions", new { influencerId, kind = "pitch", occurredAt = now.AddDays(-50) });
        await app.CreateAsync("interactions", new { influencerId, kind = "note", occurredAt = "2020-01-31T00:00:00Z" });

        Assert.Equal(["pitch"], await KindsAsync(app, "$filter=occurredAt gt now() sub duration'P60D'"));
        Assert.Equal(["call", "note"], await KindsAsync(app, "$filter=now() sub duration'P59DT24H' ge occurredAt"));
        Assert.Equal(["note"], await KindsAsync(app, "$filter=occurredAt le 2020-01-01T00:00:00Z add duration'P30D'"));
        Assert.Equal(["call", "note", "pitch"], await KindsAsync(app, "$filter=occurredAt lt now() add duration'P1D' sub duration'PT1H'"));
    }

    [Fact]
    public async Task ADynamicList_KeepsWhoWasNotSpokenToLately()
    {
        await using var app = await CrmApp.StartAsync();
        var lately = await app.CreateAsync("influencers", new { displayName = "Lately" });
        await app.CreateAsync("influencers", new { displayName = "Never" });
        await app.CreateAsync("interactions", new { influencerId = lately["id"]!.GetValue<int>(), kind = "call", status = "done", occurredAt = TimeProvider.System.GetUtcNow().AddDays(-3) });

        var list = await app.CreateAsync("mediaLists", new { name = "Quiet", kind = "dynamic", filter = "lastInteractionAt eq null or lastInteractionAt lt now() sub duration'P60D'" });

        Assert.Equal("Never", Assert.Single(await app.ListAsync($"odata/mediaLists({list["id"]})/resolve()"))!["displayName"]!.GetValue<string>());
    }

    [Fact]
    public async Task ADurationBeyondTheCalendar_IsABadQuery()
    {
        await using var app = await CrmApp.StartAsync();

        using var response = await app.Admin.GetAsync(new Uri("odata/interactions?$filter=occurredAt gt now() sub duration'P3000000D'", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static async Task<int> PersonAsync(CrmApp app) => (await app.CreateAsync("influencers", new { displayName = "Zoé" }))["id"]!.GetValue<int>();

    private static async Task<List<string>> KindsAsync(CrmApp app, string query) =>
        [.. (await app.ListAsync("odata/interactions?" + query)).Select(i => i!["kind"]!.GetValue<string>()).Order(StringComparer.Ordinal)];
}
