using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Interactions;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Limits;

/// <summary>A query that would run for many minutes: a few hundred rows, each with each with each.</summary>
public abstract class HeavyQueryTest : ApiTest
{
    protected const string Heavy = "odata/influencers?$filter=interactions/any(a: a/influencer/interactions/any(b: b/influencer/interactions/any(c: contains(c/notes,concat(a/subject,b/subject)))))";

    private const int Rows = 1500;

    protected async Task FillAsync()
    {
        var person = Id(await App.CreateAsync("influencers", new { displayName = "Ada", kind = "journalist" }));
        await using var product = App.AsProduct();
        var rows = Enumerable.Range(0, Rows).Select(i => Interaction.Create(new() { InfluencerId = person, Kind = InteractionKind.Note, OccurredAt = DateTime.UnixEpoch.AddDays(i), Subject = $"subject {i}", Notes = $"notes {i}" })).ToList();
        await using var insert = new BulkInsert<Interaction>(product.Db, TimeProvider.System);
        await insert.WriteAsync(rows, Ct);
    }

    /// <summary>How many statements the database is working on, besides this question; SQLite cannot be asked.</summary>
    protected async Task<int> StatementsAsync()
    {
        await using var product = App.AsProduct();
        return product.Db.Database.ProviderName!.Contains("Npgsql", StringComparison.Ordinal)
            ? await product.Db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%notes%'").SingleAsync(Ct)
            : 0;
    }

    protected async Task NoStatementIsLeftAsync()
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await StatementsAsync() > 0)
        {
            await pause.WaitForNextTickAsync(Ct);
        }
    }
}

public sealed class QueryTimeTests : HeavyQueryTest
{
    protected override IReadOnlyDictionary<string, string?>? Settings { get; } = new Dictionary<string, string?> { ["Limits:QuerySeconds"] = "1", ["Limits:ConcurrentPerKey"] = "1" };

    [DatabaseFact]
    public async Task AQueryThatTakesTooLong_IsStopped_InTheDatabaseToo()
    {
        await FillAsync();

        using var response = await SendAsync(App.Admin, HttpMethod.Get, Heavy);
        using var after = await SendAsync(App.Admin, HttpMethod.Get, "odata/influencers");

        var error = await ErrorAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal("queryTooExpensive", error["code"]!.GetValue<string>());
        Assert.Contains("Limits__QuerySeconds", error["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        await NoStatementIsLeftAsync();
    }
}

public sealed class LeftQueryTests : HeavyQueryTest
{
    protected override IReadOnlyDictionary<string, string?>? Settings { get; } = new Dictionary<string, string?> { ["Limits:QuerySeconds"] = "0", ["Limits:ConcurrentPerKey"] = "1" };

    [DatabaseFact]
    public async Task AQueryThatItsClientHasLeft_IsStopped()
    {
        await FillAsync();
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        leave.CancelAfter(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => App.Admin.GetAsync(new Uri(Heavy, UriKind.Relative), leave.Token));

        // The key's only place is free again when the query has ended, which by itself it would not today.
        using var after = await SendAsync(App.Admin, HttpMethod.Get, "odata/influencers");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        await NoStatementIsLeftAsync();
    }
}

public sealed class ConcurrencyTests : HeavyQueryTest
{
    protected override IReadOnlyDictionary<string, string?>? Settings { get; } = new Dictionary<string, string?> { ["Limits:QuerySeconds"] = "0", ["Limits:QueuePerKey"] = "8" };

    [DatabaseFact]
    public async Task AKeyThatAsksForTooMuch_KeepsNobodyElseWaiting()
    {
        await FillAsync();
        var other = await App.SignUpAsync("reader", "read");
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var greedy = Enumerable.Range(0, 16).Select(_ => App.Admin.GetAsync(new Uri(Heavy, UriKind.Relative), leave.Token)).ToList();

        // Four are worked on, eight wait, the others are told.
        var refused = new List<HttpResponseMessage>();
        for (var i = 0; i < 4; i++)
        {
            var told = await Task.WhenAny(greedy);
            greedy.Remove(told);
            refused.Add(await told);
        }

        using var answered = await SendAsync(other, HttpMethod.Get, "odata/influencers");
        using var written = await SendAsync(other, HttpMethod.Get, "odata/interactions?$top=1");

        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Assert.Equal(HttpStatusCode.OK, written.StatusCode);
        Assert.DoesNotContain(greedy, g => g.IsCompleted);
        foreach (var response in refused)
        {
            Assert.Equal("tooManyAtOnce", (await ErrorAsync(response, HttpStatusCode.TooManyRequests))["code"]!.GetValue<string>());
            Assert.NotNull(response.Headers.RetryAfter);
            response.Dispose();
        }

        await leave.CancelAsync();
        await Task.WhenAll(greedy).ContinueWith(_ => { }, Ct, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await NoStatementIsLeftAsync();
    }
}

public sealed class BodySizeTests : ApiTest
{
    protected override IReadOnlyDictionary<string, string?>? Settings { get; } = new Dictionary<string, string?> { ["Limits:BodyBytes"] = "2048" };

    [Fact]
    public async Task ALargerBody_IsRefused_AndAFileIsNot()
    {
        using var refused = await SendAsync(App.Admin, HttpMethod.Post, "odata/topics", $$"""{"name":"{{new string('x', 2048)}}"}""");
        using var form = new MultipartFormDataContent { { new StringContent("Name,E-mail\n" + string.Concat(Enumerable.Repeat("Ada,ada@example.org\n", 500))), "file", "people.csv" } };
        using var taken = await App.Admin.PostAsync(new Uri("api/imports?dryRun=true", UriKind.Relative), form, Ct);

        Assert.Equal("tooLarge", (await ErrorAsync(refused, HttpStatusCode.RequestEntityTooLarge))["code"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
    }
}
