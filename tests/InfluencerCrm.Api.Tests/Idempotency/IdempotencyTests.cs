using System.Text;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Idempotency;
using Microsoft.Extensions.Time.Testing;

namespace InfluencerCrm.Api.Tests.Idempotency;

public sealed class IdempotencyTests : ApiTest
{
    private const string Topic = """{"name":"Once"}""";

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    protected override TimeProvider Clock => _clock;

    [DatabaseFact]
    public async Task SentAgain_IsAnsweredTheSame_AndDoneOnce()
    {
        using var first = await PostAsync("odata/topics", Topic, "a-key");
        using var second = await PostAsync("odata/topics", Topic, "a-key");
        using var other = await PostAsync("odata/topics", """{"name":"Another"}""", "another-key");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal("true", Assert.Single(second.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal(first.Content.Headers.ContentType!.ToString(), second.Content.Headers.ContentType!.ToString());
        Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await second.Content.ReadAsStringAsync(Ct));
        Assert.Equal(HttpStatusCode.Created, other.StatusCode);
        Assert.Equal(2, await CountAsync("topics"));
    }

    [DatabaseFact]
    public async Task SixteenAtOnce_MakeOneRow()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => PostAsync("odata/influencers", """{"displayName":"Ada","kind":"journalist","email":"ada@example.org"}""", "together")));

        Assert.Equal(1, await CountAsync("influencers"));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created && !a.Headers.Contains("Idempotency-Replayed"));
        foreach (var answer in answers.Where(a => a.StatusCode != HttpStatusCode.Created))
        {
            Assert.Equal("idempotencyKeyRunning", (await ErrorAsync(answer, HttpStatusCode.Conflict))["code"]!.GetValue<string>());
            Assert.NotNull(answer.Headers.RetryAfter);
        }
    }

    [DatabaseFact]
    public async Task AFailedWrite_LeavesNothing_AndMayBeTriedAgain()
    {
        const string Body = """{"influencerId":1,"kind":"call","occurredAt":"2026-01-01T10:00:00Z"}""";
        using var refused = await PostAsync("odata/interactions", Body, "a-key");
        await App.CreateAsync("influencers", new { displayName = "Ada", kind = "expert" });

        using var taken = await PostAsync("odata/interactions", Body, "a-key");

        await ErrorAsync(refused, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        Assert.False(taken.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task AnotherBody_OrAnotherQuery_IsRefused()
    {
        using var first = await PostAsync("odata/topics", Topic, "a-key");
        using var body = await PostAsync("odata/topics", """{"name":"Twice"}""", "a-key");
        using var query = await PostAsync("odata/topics?$select=id", Topic, "a-key");
        using var elsewhere = await PostAsync("odata/tasks", """{"title":"Call"}""", "a-key");
        using var somebody = await PostAsync("odata/topics", """{"name":"Mine"}""", "a-key", await App.SignUpAsync("assistant", "read,write"));

        Assert.Equal("idempotencyKeyReused", (await ErrorAsync(body, HttpStatusCode.UnprocessableEntity))["code"]!.GetValue<string>());
        await ErrorAsync(query, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(HttpStatusCode.Created, elsewhere.StatusCode);
        Assert.Equal(HttpStatusCode.Created, somebody.StatusCode);
    }

    [Fact]
    public async Task AKeyThatIsNone_IsRefused()
    {
        using var empty = await PostAsync("odata/topics", Topic, " ");
        using var longer = await PostAsync("odata/topics", Topic, new string('k', 256));
        using var session = await PostAsync("api/session", "{}", "a-key");
        using var read = new HttpRequestMessage(HttpMethod.Get, new Uri("odata/topics", UriKind.Relative));
        read.Headers.Add("Idempotency-Key", new string('k', 256));
        using var ignored = await App.Admin.SendAsync(read, Ct);

        Assert.Equal("badIdempotencyKey", (await ErrorAsync(empty, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
        await ErrorAsync(longer, HttpStatusCode.BadRequest);
        Assert.Equal("idempotencyNotHere", (await ErrorAsync(session, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, ignored.StatusCode);
        Assert.Equal(0, await CountAsync("topics"));
    }

    [Fact]
    public async Task AfterADay_TheKeyIsFree()
    {
        using var first = await PostAsync("odata/tasks", """{"title":"Call"}""", "a-key");
        _clock.Advance(TimeSpan.FromHours(25));
        using var second = await PostAsync("odata/tasks", """{"title":"Call"}""", "a-key");

        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.NotEqual(first.Headers.Location, second.Headers.Location);
    }

    [Fact]
    public async Task AnUpload_IsKnownAgain_WhateverItsBoundary()
    {
        const string File = "Name,E-mail\nAda,ada@example.org\n";
        using var first = await UploadAsync(File, "one");
        using var again = await UploadAsync(File, "a-rather-different-boundary");
        using var other = await UploadAsync(File + "Bob,bob@example.org\n", "one");

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        await ErrorAsync(other, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(1, await CountAsync("imports"));
    }

    [Fact]
    public async Task ANewKey_IsShownOnce_AlsoToWhoAsksAgain()
    {
        using var first = await PostAsync("odata/apiKeys", """{"name":"tool","scopes":["read"]}""", "a-key");
        using var second = await PostAsync("odata/apiKeys", """{"name":"tool","scopes":["read"]}""", "a-key");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal("answerNotKept", (await ErrorAsync(second, HttpStatusCode.Conflict))["code"]!.GetValue<string>());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
    }

    [DatabaseFact]
    public async Task AnAction_WithATransactionOfItsOwn_IsDoneOnce()
    {
        var list = await App.CreateAsync("mediaLists", new { name = "List" });
        var person = await App.CreateAsync("influencers", new { displayName = "Ada", kind = "journalist", email = "ada@example.org" });
        using var added = await PostAsync($"odata/mediaLists({Id(list)})/addMembers", $$"""{"influencerIds":[{{Id(person)}}]}""", "members");
        using var addedAgain = await PostAsync($"odata/mediaLists({Id(list)})/addMembers", $$"""{"influencerIds":[{{Id(person)}}]}""", "members");
        var mailing = await App.CreateAsync("sendOuts", new { name = "Mailing", purpose = "pitch", mediaListId = Id(list), fromName = "Us", fromAddress = "us@example.org", subjectTemplate = "Hello", bodyTemplate = "Hello you" });

        using var first = await PostAsync($"odata/sendOuts({Id(mailing)})/schedule", """{"at":"2099-01-01T10:00:00Z"}""", "a-key");
        using var second = await PostAsync($"odata/sendOuts({Id(mailing)})/schedule", """{"at":"2099-01-01T10:00:00Z"}""", "a-key");

        Assert.Equal("true", Assert.Single(addedAgain.Headers.GetValues("Idempotency-Replayed")));
        Assert.True(first.IsSuccessStatusCode, await first.Content.ReadAsStringAsync(Ct));
        Assert.Equal("true", Assert.Single(second.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(1, await CountAsync("messages"));
    }

    [DatabaseFact]
    public async Task InABatch_EachPartHasItsOwn()
    {
        const string Batch = """
            {"requests":[
              {"id":"1","method":"POST","url":"topics","headers":{"Idempotency-Key":"alone"},"body":{"name":"Alone"}},
              {"id":"2","atomicityGroup":"g","method":"POST","url":"topics","headers":{"Idempotency-Key":"grouped"},"body":{"name":"Grouped"}},
              {"id":"3","atomicityGroup":"g","method":"POST","url":"tasks","headers":{"Idempotency-Key":"task"},"body":{"title":"Call"}}]}
            """;
        using var first = await PostAsync("odata/$batch", Batch, null);
        using var second = await PostAsync("odata/$batch", Batch, null);
        using var whole = await PostAsync("odata/$batch", Batch, "a-key");

        var answers = JsonNode.Parse(await second.Content.ReadAsStringAsync(Ct))!["responses"]!.AsArray();
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.All(answers, a => Assert.Equal((201, "true"), (a!["status"]!.GetValue<int>(), a["headers"]!["idempotency-replayed"]!.GetValue<string>())));
        await ErrorAsync(whole, HttpStatusCode.BadRequest);
        Assert.Equal(2, await CountAsync("topics"));
        Assert.Equal(1, await CountAsync("tasks"));
    }

    [DatabaseFact]
    public async Task AClaimOfADeadHost_EndsByItself()
    {
        var key = (await App.ListAsync("odata/apiKeys"))[0]!["id"]!.GetValue<int>();
        await using (var host = App.AsProduct())
        {
            host.Get<CurrentActor>().Become(Actor.System with { ApiKeyId = key });
            await host.Get<ClaimIdempotencyKey>().ExecuteAsync("POST /odata/topics", "a-key", [], TimeSpan.FromMinutes(1), Ct);
        }

        using var running = await PostAsync("odata/topics", Topic, "a-key");
        _clock.Advance(TimeSpan.FromMinutes(2));
        using var done = await PostAsync("odata/topics", Topic, "a-key");

        await ErrorAsync(running, HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.Created, done.StatusCode);
    }

    [DatabaseFact]
    public async Task AClaimThatWasLost_KeepsNothing()
    {
        await using var slow = App.AsProduct();
        var claimed = await slow.Get<ClaimIdempotencyKey>().ExecuteAsync("POST /odata/topics", "a-key", [], TimeSpan.FromMinutes(1), Ct);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await using var fast = App.AsProduct();
        var taken = await fast.Get<ClaimIdempotencyKey>().ExecuteAsync("POST /odata/topics", "a-key", [], TimeSpan.FromMinutes(1), Ct);

        Assert.Equal((IdempotencyState.Claimed, IdempotencyState.Claimed), (claimed.State, taken.State));
        await Assert.ThrowsAsync<VersionMismatch>(() => slow.Get<CompleteIdempotencyKey>().ExecuteAsync(claimed.Row, new KeptAnswer(201, "{}", []), [], Ct));
        await fast.Get<CompleteIdempotencyKey>().ExecuteAsync(taken.Row, new KeptAnswer(201, "{}", []), [], Ct);
    }

    [DatabaseFact]
    public async Task OldKeys_AreRemoved()
    {
        using var old = await PostAsync("odata/topics", Topic, "old");
        _clock.Advance(TimeSpan.FromHours(25));
        using var young = await PostAsync("odata/topics", """{"name":"Young"}""", "young");

        await using var product = App.AsProduct();
        Assert.Equal(1, await product.Get<PruneIdempotencyKeys>().ExecuteAsync(Ct));
        Assert.Equal(0, await product.Get<PruneIdempotencyKeys>().ExecuteAsync(Ct));
    }

    [Fact]
    public async Task ErasingAPerson_TakesKeptAnswersAlong()
    {
        const string Body = """{"displayName":"Ada","kind":"journalist"}""";
        using var first = await PostAsync("odata/influencers", Body, "a-key");
        var person = Id(JsonNode.Parse(await first.Content.ReadAsStringAsync(Ct))!.AsObject());
        using var erased = await PostAsync($"api/influencers/{person}/erase", """{"confirm":"Ada"}""", "erase");

        using var again = await PostAsync("odata/influencers", Body, "a-key");

        Assert.True(erased.IsSuccessStatusCode, await erased.Content.ReadAsStringAsync(Ct));
        Assert.Equal("answerNotKept", (await ErrorAsync(again, HttpStatusCode.Conflict))["code"]!.GetValue<string>());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
    }

    private async Task<HttpResponseMessage> PostAsync(string url, string body, string? key, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await (client ?? App.Admin).SendAsync(request, Ct);
    }

    private async Task<HttpResponseMessage> UploadAsync(string file, string boundary)
    {
        using var form = new MultipartFormDataContent(boundary) { { new StringContent(file), "file", "people.csv" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/imports?format=csv&dryRun=true", UriKind.Relative)) { Content = form };
        request.Headers.Add("Idempotency-Key", "an-upload");
        return await App.Admin.SendAsync(request, Ct);
    }

    private async Task<int> CountAsync(string set) =>
        int.Parse(await App.Admin.GetStringAsync(new Uri($"odata/{set}/$count", UriKind.Relative), Ct), System.Globalization.CultureInfo.InvariantCulture);
}
