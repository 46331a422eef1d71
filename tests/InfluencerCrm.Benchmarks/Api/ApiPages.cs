using System.Globalization;
using System.Text.Json;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>The thousandth page by nextLinks against the first ones of the same query: both of the product.</summary>
internal static class ApiPages
{
    public const string Name = "page";

    private const int Around = 20;
    private const string Prefer = "maxpagesize=50";
    private const double Least = 0.8;

    public static async Task MeasureAsync(ApiOptions options, ApiReport report, ApiServer product, ApiServer floor)
    {
        var deep = (int)(1000 * options.Scale);
        List<string> links;
        try
        {
            links = await WalkAsync(product, floor, deep);
        }
        catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException or KeyNotFoundException)
        {
            report.Say($"| {Name} | – | {exception.Message} | | | | |");
            report.Broken($"{Name} is not answered");
            return;
        }

        var first = new Contender(product, [.. links.Take(Around).Select(l => Wire.Request(l, product.Port, Prefer))]);
        var last = new Contender(product, [.. links.Skip(deep).Take(Around).Select(l => Wire.Request(l, product.Port, Prefer))]);
        foreach (var connections in ApiBenchmark.InTurns([first, last], options))
        {
            var limit = report.Limit($"{Name} at {connections} of page 1", Contender.Ratio(last, first), Least);
            report.Say(string.Create(CultureInfo.InvariantCulture, $"| {Name}: page {deep + 1} and after by nextLink, 50 rows | {connections} | {last.Says}; page 1 and after {first.Says} | – | – | of page 1: {limit} | – |"));
        }
    }

    /// <returns>The links of all pages up to the deep one and some after, that of the first being the query itself.</returns>
    private static async Task<List<string>> WalkAsync(ApiServer product, ApiServer floor, int deep)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{product.Port}"), Timeout = TimeSpan.FromMinutes(1) };
        client.DefaultRequestHeaders.Add("X-Api-Key", ProductServer.Key);
        client.DefaultRequestHeaders.Add("Prefer", Prefer);
        List<string> links = ["/odata/influencers?$orderby=influenceScore%20desc"];
        var seen = new HashSet<int>();
        for (var page = 0; page < deep + Around; page++)
        {
            using var answer = JsonDocument.Parse(await client.GetByteArrayAsync(new Uri(links[page], UriKind.Relative)));
            var ids = Ids(answer);
            if (page == deep)
            {
                using var same = JsonDocument.Parse(await client.GetByteArrayAsync(new Uri($"http://127.0.0.1:{floor.Port}/skip?skip={deep * 50}")));
                if (!Ids(same).SequenceEqual(ids))
                {
                    throw new InvalidOperationException($"page {deep + 1} holds other rows than the floor's at the same place");
                }
            }

            if (ids.Count != 50 || !ids.TrueForAll(seen.Add))
            {
                throw new InvalidOperationException($"page {page + 1} has {ids.Count} rows, or rows of another page");
            }

            links.Add(new Uri(answer.RootElement.GetProperty("@odata.nextLink").GetString()!).PathAndQuery);
        }

        return links;
    }

    private static List<int> Ids(JsonDocument answer) => [.. answer.RootElement.GetProperty("value").EnumerateArray().Select(r => r.GetProperty("id").GetInt32())];
}
