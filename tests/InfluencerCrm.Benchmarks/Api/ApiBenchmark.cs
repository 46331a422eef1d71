using System.Diagnostics;
using System.Globalization;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>The product's OData reads against hand-written SQL and against the library as it comes, in turns on one database.</summary>
internal static class ApiBenchmark
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(0.7);

    public static async Task<int> RunAsync(string[] args)
    {
        var options = ApiOptions.Of(args);
        var file = await ApiData.FileAsync(options.Scale);
        var report = new ApiReport();
        var watch = Stopwatch.StartNew();
        report.Introduce(options, file);
        await SpeedAsync(options, report, file);
        if (options.Wants(ApiMemory.Concurrent))
        {
            await ApiMemory.ReadersAsync(file, options, report);
        }

        if (options.Wants(ApiMemory.Export))
        {
            await ApiMemory.ExportAsync(file, options, report);
        }

        if (options.Wants(ApiMemory.Abandoned))
        {
            await ApiMemory.AbandonedAsync(file, report);
        }

        report.End(watch.Elapsed, options.Only.Count == 0 ? "bench-api.md" : "bench-api-part.md");
        return report.IsWhole ? 0 : 1;
    }

    private static async Task SpeedAsync(ApiOptions options, ApiReport report, string file)
    {
        var queries = new ApiQueries(file).All().Where(q => options.Wants(q.Name)).ToList();
        if (queries.Count == 0 && !options.Wants(ApiPages.Name))
        {
            return;
        }

        using var product = await ApiServer.StartAsync(ProductServer.Name, file);
        using var floor = await ApiServer.StartAsync(FloorServer.Name, file);
        using var library = await ApiServer.StartAsync(LibraryServer.Name, file);
        report.Say("| query | connections | product/s | floor/s | as it comes/s | of the floor | of as it comes |");
        report.Say("|---|---|---|---|---|---|---|");
        foreach (var query in queries)
        {
            await MeasureAsync(query, options, report, product, floor, library);
        }

        if (options.Wants(ApiPages.Name))
        {
            await ApiPages.MeasureAsync(options, report, product, floor);
        }

        report.Say("");
    }

    private static async Task MeasureAsync(ApiQuery query, ApiOptions options, ApiReport report, ApiServer product, ApiServer floor, ApiServer library)
    {
        string? refused;
        try
        {
            refused = await SameAnswers.CheckAsync(query, product, floor);
        }
        catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException or TaskCanceledException)
        {
            refused = exception.Message;
        }

        if (refused is not null)
        {
            report.Say($"| {query.Name}: {query.Says} | – | {refused.ReplaceLineEndings(" ").Replace('|', '/')} | | | | |");
            report.Broken($"{query.Name} is not answered");
            return;
        }

        var ours = new Contender(product, [.. query.Questions.Select(q => Wire.Request(q.Path, product.Port, q.Prefer))]);
        var theirs = new Contender(floor, [.. query.Questions.Select(q => Wire.Request(q.Floor!, floor.Port))]);
        var plain = query.LibraryKnows ? new Contender(library, [.. query.Questions.Select(q => Wire.Request(q.Path, library.Port, q.Prefer))]) : null;
        Contender[] all = plain is null ? [ours, theirs] : [ours, theirs, plain];
        foreach (var connections in InTurns(all, options))
        {
            var name = $"{query.Name} at {connections}";
            report.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"| {query.Name}: {query.Says} | {connections} | {ours.Says} | {theirs.Says} | {plain?.Says ?? "–"} | {Ratio(report, name + " of the floor", ours, theirs, query.OfFloor)} | {Ratio(report, name + " of as it comes", ours, plain, query.OfLibrary)} |"));
        }
    }

    /// <summary>Runs the contenders round by round, one after the other.</summary>
    /// <returns>The number of connections that was just measured.</returns>
    public static IEnumerable<int> InTurns(IReadOnlyList<Contender> contenders, ApiOptions options)
    {
        foreach (var contender in contenders)
        {
            contender.WarmUp(WarmUp, Slow);
        }

        foreach (var connections in options.Connections)
        {
            foreach (var contender in contenders)
            {
                contender.On(connections, WarmUp / 4);
            }

            for (var round = 0; round < options.Rounds; round++)
            {
                foreach (var contender in contenders)
                {
                    contender.Run(options.Length);
                }
            }

            yield return connections;
        }
    }

    private static string Ratio(ApiReport report, string what, Contender ours, Contender? theirs, double? least)
    {
        if (theirs is null || theirs.Rates.Count == 0)
        {
            return "–";
        }

        var ratio = Contender.Ratio(ours, theirs);
        return least is null ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : report.Limit(what, ratio, least.Value);
    }
}
