using System.Globalization;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>What stands behind <c>scripts/bench.sh api</c>.</summary>
/// <param name="Scale">1: 100,000 people and 1,000,000 interactions.</param>
/// <param name="Only">Names, or beginnings of names, of what is measured; all when empty.</param>
/// <param name="Length">How long one server is asked at a stretch.</param>
internal sealed record ApiOptions(double Scale, IReadOnlyList<string> Only, TimeSpan Length, int Rounds, IReadOnlyList<int> Connections)
{
    public static ApiOptions Of(string[] args)
    {
        var options = new ApiOptions(1, [], TimeSpan.FromSeconds(1), 3, [1, 16]);
        for (var i = 0; i < args.Length; i++)
        {
            string Next() => ++i < args.Length ? args[i] : throw new ArgumentException($"{args[i - 1]} wants a value.");
            options = args[i] switch
            {
                "--only" => options with { Only = Next().Split(',') },
                "--seconds" => options with { Length = TimeSpan.FromSeconds(double.Parse(Next(), CultureInfo.InvariantCulture)) },
                "--rounds" => options with { Rounds = int.Parse(Next(), CultureInfo.InvariantCulture) },
                "--connections" => options with { Connections = [.. Next().Split(',').Select(c => int.Parse(c, CultureInfo.InvariantCulture))] },
                _ => options with { Scale = double.Parse(args[i], CultureInfo.InvariantCulture) },
            };
        }

        // With fewer people there are no deep pages, and no thousand rows in a page.
        return options.Scale >= 0.05 ? options : throw new ArgumentException("The scale must be at least 0.05.");
    }

    public bool Wants(string name) => Only.Count == 0 || Only.Any(o => name.StartsWith(o, StringComparison.OrdinalIgnoreCase));
}
