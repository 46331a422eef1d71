using System.Globalization;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.Platforms;
using InfluencerCrm.Core.Topics;

namespace InfluencerCrm.Core.Demo;

/// <summary>Topics, outlets and platforms.</summary>
internal sealed class DemoPlaces(DemoWorld world)
{
    public async Task WriteAsync(CancellationToken ct)
    {
        await WriteTopicsAsync(ct);
        await WriteOutletsAsync(ct);
        await WritePlatformsAsync(ct);
    }

    public static string ZoneOf(string country) => country switch
    {
        "GB" => "Europe/London",
        "BE" => "Europe/Brussels",
        "CH" => "Europe/Zurich",
        "DE" => "Europe/Berlin",
        "US" => "America/New_York",
        "GR" => "Europe/Athens",
        "UA" => "Europe/Kyiv",
        "MA" => "Africa/Casablanca",
        _ => "Europe/Paris",
    };

    private async Task WriteTopicsAsync(CancellationToken ct)
    {
        // A parent stands before its children in the file; each generation is one write.
        var open = DemoFiles.Csv("topics.csv").ToList();
        while (open.Count > 0)
        {
            var ready = open.Where(r => r[1].Length == 0 || world.Topics.ContainsKey(Number(r[1]))).ToList();
            var rows = ready.ConvertAll(r => Topic.Create(new TopicChanges
            {
                Name = r[2],
                ParentId = r[1].Length == 0 ? null : world.Topics[Number(r[1])],
                Names = LocalizedText.Of(("en", r[2]), ("fr", DemoFiles.French(r[3]))),
                Keywords = LocalizedWords.Of(("en", r[4].Split('|')), ("fr", r[5].Split('|'))),
            }));
            await world.WriteAsync(rows, ct);
            for (var i = 0; i < ready.Count; i++)
            {
                world.Topics[Number(ready[i][0])] = rows[i].Id;
            }

            open.RemoveAll(ready.Contains);
        }
    }

    private async Task WriteOutletsAsync(CancellationToken ct)
    {
        var types = DemoFiles.Csv("outlet-types.csv").ToDictionary(r => r[0]);
        var open = DemoFiles.Rows("outlets.txt");
        while (open.Count > 0)
        {
            var ready = open.Where(r => Cell(r, 10).Length == 0 || world.Outlets.Exists(o => o.Row.Name == r[10])).ToList();
            var outlets = ready.ConvertAll(r => OutletOf(r, types[r[0]]));
            await world.WriteAsync(outlets.ConvertAll(o => o.Row), ct);
            world.Outlets.AddRange(outlets);
            open.RemoveAll(ready.Contains);
        }
    }

    private DemoOutlet OutletOf(string[] row, List<string> type)
    {
        var audience = type[14].Length == 0 ? (int?)null : Rounded(world.Random.Between(Number(type[14]), Number(type[15])));
        var kind = Enum.Parse<OutletKind>(type[3], ignoreCase: true);
        var outlet = Outlet.Create(new OutletChanges
        {
            Name = row[2],
            Kind = kind,
            ParentId = Cell(row, 10) is { Length: > 0 } parent ? world.Outlets.Find(o => o.Row.Name == parent)!.Id : null,
            Unit = Enum.Parse<OutletUnit>(type[4], ignoreCase: true),
            Scope = Enum.Parse<OutletScope>(type[5], ignoreCase: true),
            Country = row[1],
            Language = row[5],
            TimeZone = ZoneOf(row[1]),
            Url = $"https://www.{row[3]}.test/",
            Audience = audience,
            AudienceSource = audience is null ? null : kind is OutletKind.Radio or OutletKind.Tv ? "audience, déclaré" : kind is OutletKind.Newspaper or OutletKind.Magazine ? "diffusion, déclaré" : "visites par mois, déclaré",
            Periodicity = Cell(row, 8) is { Length: > 0 } periodicity ? periodicity : null,
            ClosingDay = Cell(row, 9) is { Length: > 0 } closing ? closing : null,
        });
        return new DemoOutlet(outlet, row[0], row[3], row[4], row[5], [.. row[6].Split(',').Select(Number)], Number(row[7]));
    }

    // Invented spaces: a made-up account must not fall on somebody's real one.
    private async Task WritePlatformsAsync(CancellationToken ct)
    {
        Platform Of(string name, PlatformLifecycle lifecycle, RelationMode[] relations, ExpressionMode[] expressions, string? pattern) => Platform.Create(new PlatformChanges
        {
            Name = name,
            Lifecycle = lifecycle,
            RelationModes = relations.ToList(),
            ExpressionModes = expressions.ToList(),
            UrlPattern = pattern,
        });
        var rows = new List<Platform>
        {
            Of("Vidora", PlatformLifecycle.Active, [RelationMode.Participation, RelationMode.Contribution], [ExpressionMode.Video], "https://vidora.test/@{handle}"),
            Of("Klipo", PlatformLifecycle.Active, [RelationMode.Participation], [ExpressionMode.Video], "https://klipo.test/{handle}"),
            Of("Pixelle", PlatformLifecycle.Active, [RelationMode.Conversation, RelationMode.Participation], [ExpressionMode.Image, ExpressionMode.Video], "https://pixelle.test/{handle}"),
            Of("Gazouille", PlatformLifecycle.Declining, [RelationMode.Conversation], [ExpressionMode.Microblog], "https://gazouille.test/{handle}"),
            Of("Filante", PlatformLifecycle.Emerging, [RelationMode.Conversation], [ExpressionMode.Microblog], "https://filante.test/@{handle}"),
            Of("Collegia", PlatformLifecycle.Active, [RelationMode.Conversation, RelationMode.Contribution], [ExpressionMode.Microblog, ExpressionMode.LongForm], "https://collegia.test/in/{handle}"),
            Of("Blog", PlatformLifecycle.Active, [RelationMode.Conversation, RelationMode.Contribution], [ExpressionMode.LongForm], null),
            Of("Forum Bricolons", PlatformLifecycle.Closed, [RelationMode.Contribution], [ExpressionMode.Forum], "https://bricolons.test/u/{handle}"),
        };
        await world.WriteAsync(rows, ct);
        rows.ForEach(r => world.Platforms[r.Name] = r);
    }

    private static string Cell(string[] row, int at) => at < row.Length ? row[at] : "";

    // Published figures are rounded ones.
    private static int Rounded(int number) => number < 10_000 ? number / 100 * 100 : number / 1000 * 1000;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
