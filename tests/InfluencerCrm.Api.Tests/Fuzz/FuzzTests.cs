using System.Globalization;

namespace InfluencerCrm.Api.Tests.Fuzz;

/// <summary>By themselves: the memory of the process is looked at.</summary>
[CollectionDefinition(nameof(FuzzTests), DisableParallelization = true)]
public sealed class FuzzCollection;

/// <summary>
/// Thousands of hostile requests to the sample agency, the same for a seed. <c>INFLUENCERCRM_FUZZ_SEED</c> sets another seed,
/// <c>INFLUENCERCRM_FUZZ_COUNT</c> asks more or fewer, and <c>INFLUENCERCRM_FUZZ_FIRST</c> begins at a number, as a failure names it.
/// </summary>
[Collection(nameof(FuzzTests))]
public sealed class FuzzTests : IAsyncLifetime
{
    private const int Seed = 20260302;

    private const int Requests = 20_000;

    /// <summary>Bytes the process may have grown by; caches are filled meanwhile.</summary>
    private const long Growth = 600L * 1024 * 1024;

    private CrmApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await CrmApp.StartAsync(TestDatabase.CurrentProvider, new Dictionary<string, string?>
    {
        // Workers write by themselves.
        ["Roles"] = "web",
        ["Limits:QueuePerKey"] = "1000",
    }, null, "--demo");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [DatabaseFact]
    public async Task HostileRequests_AreRefusedInOneShape_AndChangeNothing()
    {
        var reader = (await _app.SignUpAsync("reader", "read")).DefaultRequestHeaders.GetValues("X-Api-Key").Single();
        var run = new FuzzRun(_app, CrmApp.AdminKey, reader, await OpenApiPaths.ReadAsync(_app), Setting("SEED", Seed));
        var count = Setting("COUNT", Requests);
        var first = Setting("FIRST", 0);

        // What the first requests bring with them is no growth.
        await run.SendAsync(first, Math.Min(count, 500), Ct);
        var before = await DatabaseDigest.OfAsync(_app, Ct);
        var held = GC.GetTotalMemory(forceFullCollection: true);
        await run.SendAsync(first + 500, Math.Max(count - 500, 0), Ct);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - held;
        var after = await DatabaseDigest.OfAsync(_app, Ct);

        TestContext.Current.TestOutputHelper?.WriteLine(run.Report());
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"grown by {grown / 1024 / 1024} MB"));
        Assert.True(run.Failures().Length == 0, run.Failures());
        Assert.True(before.SequenceEqual(after), $"{string.Join(", ", before.Where(t => after[t.Key] != t.Value).Select(t => t.Key))} changed; suspects:\n{string.Join('\n', run.Writes.Select(run.Describe).OrderBy(r => r.Contains("$batch", StringComparison.Ordinal)).Take(20))}");
        Assert.True(grown < Growth, $"The process holds {grown / 1024 / 1024} MB more than before.");
    }

    private static int Setting(string name, int usual) => int.TryParse(Environment.GetEnvironmentVariable($"INFLUENCERCRM_FUZZ_{name}"), CultureInfo.InvariantCulture, out var number) ? number : usual;
}
