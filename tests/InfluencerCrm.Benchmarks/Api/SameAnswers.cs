using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>Before anything is measured: product and floor say the same, row by row and member by member.</summary>
internal static class SameAnswers
{
    /// <returns>Null, or what the product said instead of an answer.</returns>
    /// <exception cref="InvalidOperationException">They differ.</exception>
    public static async Task<string?> CheckAsync(ApiQuery query, ApiServer product, ApiServer floor)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Add("X-Api-Key", ProductServer.Key);
        var rows = 0;
        foreach (var question in query.Questions.Take(5).Where(q => q.Floor is not null))
        {
            using var answer = await client.GetAsync(Address(product, question.Path));
            if (!answer.IsSuccessStatusCode)
            {
                var body = await answer.Content.ReadAsStringAsync();
                return $"refused: {(int)answer.StatusCode} {body[..Math.Min(200, body.Length)]}";
            }

            var ours = await answer.Content.ReadFromJsonAsync<JsonElement>();
            var theirs = await client.GetFromJsonAsync<JsonElement>(Address(floor, question.Floor!));
            rows += ours.ValueKind == JsonValueKind.Object && ours.TryGetProperty("value", out var value) ? value.GetArrayLength() : 1;
            if (Difference(ours, theirs, "", query.InOrder) is { } difference)
            {
                throw new InvalidOperationException($"{query.Name}: product and floor differ at {question.Path}: {difference}");
            }
        }

        return rows > 0 ? null : throw new InvalidOperationException($"{query.Name}: the first five questions find nothing, so there is nothing to compare.");
    }

    private static Uri Address(ApiServer server, string path) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{server.Port}{path}"));

    private static string? Difference(JsonElement ours, JsonElement theirs, string where, bool inOrder)
    {
        if (ours.ValueKind != theirs.ValueKind)
        {
            return $"{where}: {ours.ValueKind} and {theirs.ValueKind}";
        }

        return ours.ValueKind switch
        {
            JsonValueKind.Object => DifferenceOfObjects(ours, theirs, where, inOrder),
            JsonValueKind.Array => DifferenceOfLists([.. ours.EnumerateArray()], [.. theirs.EnumerateArray()], where, inOrder),
            JsonValueKind.Number => Math.Abs(ours.GetDouble() - theirs.GetDouble()) <= 1e-9 * Math.Abs(theirs.GetDouble()) ? null : $"{where}: {ours} and {theirs}",
            _ => ours.ToString() == theirs.ToString() ? null : $"{where}: {ours} and {theirs}",
        };
    }

    // Annotations are the protocol's own; the ETag is the only one that says something about a row.
    private static string? DifferenceOfObjects(JsonElement ours, JsonElement theirs, string where, bool inOrder)
    {
        var (left, right) = (Members(ours), Members(theirs));
        if (left.Keys.Except(right.Keys).Concat(right.Keys.Except(left.Keys)).FirstOrDefault() is { } odd)
        {
            return $"{where}.{odd}: only one of them has it";
        }

        return left.Select(m => Difference(m.Value, right[m.Key], $"{where}.{m.Key}", inOrder)).FirstOrDefault(d => d is not null);
    }

    private static Dictionary<string, JsonElement> Members(JsonElement of) => of.EnumerateObject()
        .Where(m => m.Name == "@odata.etag" || !m.Name.Contains('@', StringComparison.Ordinal)).ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);

    private static string? DifferenceOfLists(List<JsonElement> ours, List<JsonElement> theirs, string where, bool inOrder)
    {
        if (ours.Count != theirs.Count)
        {
            return $"{where}: {ours.Count} and {theirs.Count} entries";
        }

        if (!inOrder)
        {
            // No entry of these has two of the same text first.
            (ours, theirs) = ([.. ours.OrderBy(FirstText, StringComparer.Ordinal)], [.. theirs.OrderBy(FirstText, StringComparer.Ordinal)]);
        }

        return Enumerable.Range(0, ours.Count).Select(i => Difference(ours[i], theirs[i], $"{where}[{i}]", inOrder)).FirstOrDefault(d => d is not null);
    }

    private static string FirstText(JsonElement row) =>
        row.ValueKind == JsonValueKind.Object ? row.EnumerateObject().FirstOrDefault(m => m.Value.ValueKind == JsonValueKind.String && !m.Name.Contains('@', StringComparison.Ordinal)).Value.ToString() : row.ToString();
}
