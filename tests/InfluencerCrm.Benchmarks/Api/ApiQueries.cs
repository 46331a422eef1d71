using System.Globalization;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>The questions, with values from the data, so that each request asks for something else than the one before.</summary>
internal sealed class ApiQueries(string file)
{
    private const int Variants = 64;
    private const string Since = "2026-01-01";
    private const string Five = "$select=id,displayName,email,country,influenceScore";

    private readonly Random _random = new(7);

    public IReadOnlyList<ApiQuery> All()
    {
        var people = ApiData.Column<int>(file, "SELECT max(Id) FROM Influencers")[0];
        var living = Pick(ApiData.Column<int>(file, "SELECT Id FROM Influencers WHERE ArchivedAt IS NULL"));
        var busy = Pick(ApiData.Column<int>(file, "SELECT InfluencerId FROM Interactions GROUP BY 1 HAVING count(*) >= 25 AND InfluencerId IN (SELECT Id FROM Influencers WHERE ArchivedAt IS NULL)"));
        var topics = Pick(ApiData.Column<int>(file, "SELECT Id FROM Topics"));
        var kinds = Pick([.. ApiWords.Countries.SelectMany(c => ApiWords.Kinds.Select(k => (c.Code, Kind: k)))]);
        var places = ApiWords.Countries.Where(c => c.Share >= 5).ToList();
        var words = Pick([.. ApiWords.Rare]);
        var named = Pick(ApiData.Column<string>(file, "SELECT FirstNameSearch || ' ' || substr(SearchText, -10, 9) FROM Influencers WHERE ArchivedAt IS NULL AND length(CoverageArea) > 0 AND SearchText LIKE '%q.' AND FirstNameSearch NOT LIKE '%-%' LIMIT 500"));
        return
        [
            new("by-key", "by key", [.. living.Select(id => new ApiQuestion($"/odata/influencers({id})", $"/by-key?id={id}"))]) { OfLibrary = 2 },
            new("filter", "filter country and kind, order by influenceScore, top 50", [.. kinds.Select(k => Ask("influencers", $"/filter?country={k.Code}&kind={k.Kind}", Filter(k) + "&$orderby=influenceScore desc&$top=50"))])
            {
                OfFloor = 0.35, OfLibrary = 2.5,
            },
            new("topic", "topic `any`, order by influenceScore, top 50", [.. topics.Select(t => Ask("influencers", $"/topic?topic={t}", $"$filter=topics/any(t: t/topicId eq {t} and t/stance eq 'covers')&$orderby=influenceScore desc&$top=50"))])
            {
                OfFloor = 0.4,
            },
            new("targeting", "targeting: topic `any`, language, country, no interaction since a date", [.. topics.Select((t, i) => (t, At: places[i % places.Count])).Select(q => Ask(
                "influencers",
                $"/targeting?topic={q.t}&language={q.At.Language}&country={q.At.Code}&since={Since}",
                $"$filter=topics/any(t: t/topicId eq {q.t} and t/stance eq 'covers') and language eq '{q.At.Language}' and country eq '{q.At.Code}' and not interactions/any(i: i/occurredAt ge {Since}T00:00:00Z)"
                    + "&$orderby=influenceScore desc&$top=50&$select=id,displayName,email,country,language,influenceScore,lastInteractionAt"))])
            {
                OfFloor = 0.4,
            },
            new("count", "`$count` with filter", [.. kinds.Select(k => Ask("influencers/$count", $"/count?country={k.Code}&kind={k.Kind}", Filter(k)))]) { OfFloor = 0.3 },
            new("search", "`$search` of a first name and a rare word", [.. named.Select(n => n.Split(' ')).Select(n => Ask("influencers", $"/search?one={n[0]}&two={n[1]}", $"$search={n[0]} AND {n[1]}&$top=50"))])
            {
                OfFloor = 5, LibraryKnows = false,
            },
            new("contains", "`contains` on bio, a rare word", [.. words.Select(w => Ask("influencers", $"/bio?word={w}", $"$filter=contains(bio,'{w}')&$top=50"))]) { OfFloor = 5 },
            new("apply", "`$apply` groupby country, average and count", [Ask("influencers", "/apply", "$apply=groupby((country),aggregate(influenceScore with average as averageScore,$count as people))")])
            {
                OfFloor = 0.5, InOrder = false,
            },
            new("select", "`$select` 5 fields, 1,000 rows", [.. Pick([.. Enumerable.Range(0, people * 98 / 100 - 1000)]).Select(n => Ask("influencers", $"/select?after={n}", $"$filter=id gt {n}&{Five}&$top=1000"))]) { OfFloor = 0.5 },
            new("expand-one", "`$expand` newest 20 interactions of one influencer", [.. busy.Select(id => Ask($"influencers({id})", $"/expand-one?id={id}", "$expand=interactions($orderby=occurredAt desc;$top=20)"))])
            {
                OfFloor = 0.3,
            },
            new("expand-page", "`$expand` newest 5 interactions of a page of 50", [.. kinds.Where(k => places.Any(p => p.Code == k.Code)).Select(k => Ask(
                "influencers", $"/expand-page?country={k.Code}&kind={k.Kind}", Filter(k) + "&$orderby=influenceScore desc&$top=50&$select=id,displayName&$expand=interactions($orderby=occurredAt desc;$top=5;$select=id,kind,occurredAt,subject,outcome)"))])
            {
                OfFloor = 0.3,
            },
            new("skip", string.Create(CultureInfo.InvariantCulture, $"page by `$skip={people / 2}`"), [.. Enumerable.Range(0, Variants).Select(n => people / 2 + n * 50).Select(n => Ask("influencers", $"/skip?skip={n}", $"$orderby=influenceScore desc&$skip={n}&$top=50"))]) { OfFloor = 0.5 },
        ];
    }

    private static ApiQuestion Ask(string path, string floor, string options) =>
        new($"/odata/{path}?{options.Replace(" ", "%20", StringComparison.Ordinal)}", floor);

    private static string Filter((string Code, string Kind) of) =>
        string.Create(CultureInfo.InvariantCulture, $"$filter=country eq '{of.Code}' and kind eq '{char.ToLowerInvariant(of.Kind[0])}{of.Kind[1..]}'");

    private List<T> Pick<T>(List<T> of)
    {
        var all = of.ToArray();
        _random.Shuffle(all);
        return [.. all.Take(Variants)];
    }
}
