using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace InfluencerCrm.Api.Tests.Guide;

/// <summary>
/// Holds an answer that a document prints against a real one. <c>…</c> stands for anything: inside a text, for a value, and at the end of
/// an object, a list or a table for what is left out. <c>@odata.context</c> and <c>@odata.etag</c> may be left out silently.
/// </summary>
internal static partial class PrintedAnswer
{
    private const string Anything = "…";

    /// <summary>The block behind a command that prints its answer.</summary>
    public static (string Language, string Text)? Behind(string text) =>
        Block().Match(text) is { Success: true } block ? (block.Groups[1].Value, block.Groups[2].Value) : null;

    /// <summary>Typography that documents do not repeat.</summary>
    public static string Plain(string text) => Space().Replace(text, " ").Replace('’', '\'');

    /// <returns>Where the answer differs; null where it does not.</returns>
    public static string? Difference(string language, string printed, CurlAnswer answer)
    {
        if (language != "http")
        {
            return answer.Status is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted ? Body(language, printed, answer.Text) : $"status {(int)answer.Status}";
        }

        var parts = printed.Split("\n\n", 2);
        var head = parts[0].Split('\n');
        if (!head[0].StartsWith($"HTTP/1.1 {(int)answer.Status}", StringComparison.Ordinal))
        {
            return $"status {(int)answer.Status}, not {head[0]}";
        }

        foreach (var line in head.Skip(1))
        {
            var (name, value) = (line.Split(':')[0], line.Split(':', 2)[1].Trim());
            if (!answer.Headers.TryGetValue(name, out var sent) || !Matches(value, sent))
            {
                return $"{name}: {sent ?? "missing"}, not {value}";
            }
        }

        return parts.Length == 1 ? null : Body("json", parts[1], answer.Text);
    }

    private static string? Body(string language, string printed, string text)
    {
        if (language == "json")
        {
            return Difference(JsonNode.Parse(Parsable(printed)), JsonNode.Parse(text), "");
        }

        var (expected, actual) = (printed.Split('\n').ToList(), text.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').ToList());
        var more = expected[^1] == Anything;
        expected.RemoveRange(expected.Count - (more ? 1 : 0), more ? 1 : 0);
        return (more ? actual.Count <= expected.Count : actual.Count != expected.Count) ? $"{actual.Count} lines"
            : expected.Where((line, i) => !Matches(line, actual[i])).FirstOrDefault() is { } other ? $"no line {other}" : null;
    }

    private static string? Difference(JsonNode? expected, JsonNode? actual, string at)
    {
        switch (expected)
        {
            case JsonValue value when value.TryGetValue<string>(out var text):
                return text == Anything || (actual?.GetValueKind() == JsonValueKind.String && Matches(text, actual.GetValue<string>())) ? null : Other(actual, text, at);
            case JsonObject row when actual is JsonObject real:
                return row.Where(m => m.Key != Anything && !real.ContainsKey(m.Key)).Select(m => $"{at}/{m.Key}: missing").FirstOrDefault()
                    ?? (row.ContainsKey(Anything) ? null : real.Where(m => !row.ContainsKey(m.Key) && !Silent(m.Key)).Select(m => $"{at}/{m.Key}: not printed").FirstOrDefault())
                    ?? row.Where(m => m.Key != Anything).Select(m => Difference(m.Value, real[m.Key], $"{at}/{m.Key}")).FirstOrDefault(d => d is not null);
            case JsonArray rows when actual is JsonArray real:
                var more = rows.Count > 0 && rows[^1] is JsonValue last && last.TryGetValue<string>(out var end) && end == Anything;
                var printed = rows.Count - (more ? 1 : 0);
                return (more ? real.Count <= printed : real.Count != printed) ? $"{at}: {real.Count} of them"
                    : Enumerable.Range(0, printed).Select(i => Difference(rows[i], real[i], $"{at}[{i}]")).FirstOrDefault(d => d is not null);
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number && actual?.GetValueKind() == JsonValueKind.Number:
                return Number(value) == Number(actual) ? null : Other(actual, value.ToJsonString(), at);
            default:
                return expected?.ToJsonString() == actual?.ToJsonString() ? null : Other(actual, expected?.ToJsonString() ?? "null", at);
        }
    }

    private static string Other(JsonNode? actual, string expected, string at) => $"{at}: {actual?.ToJsonString() ?? "null"}, not {expected}";

    private static double Number(JsonNode value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    private static bool Silent(string member) => member.EndsWith("@odata.context", StringComparison.Ordinal) || member.EndsWith("@odata.etag", StringComparison.Ordinal);

    private static bool Matches(string pattern, string text) =>
        Regex.IsMatch(Plain(text), "^" + string.Join(".*", Plain(pattern).Split(Anything).Select(Regex.Escape)) + "$", RegexOptions.Singleline);

    /// <summary>JSON in which the marks outside texts are texts, or members, themselves.</summary>
    private static string Parsable(string printed)
    {
        var json = new StringBuilder();
        var inside = false;
        var open = new Stack<char>();
        var before = '\0';
        for (var i = 0; i < printed.Length; i++)
        {
            var c = printed[i];
            inside ^= c == '"' && (i == 0 || printed[i - 1] != '\\');
            if (!inside && (c is '{' or '['))
            {
                open.Push(c);
            }
            else if (!inside && (c is '}' or ']'))
            {
                open.Pop();
            }

            _ = inside || c != '…' ? json.Append(c) : json.Append(open.Peek() == '{' && before != ':' ? "\"…\":null" : "\"…\"");
            before = char.IsWhiteSpace(c) ? before : c;
        }

        return json.ToString();
    }

    [GeneratedRegex("```(json|http|csv|text)\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\u00A0|\u202F|\\u00A0|\\u202F")]
    private static partial Regex Space();
}
