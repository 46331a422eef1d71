using System.Globalization;

namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>One filter: how many arguments it takes, and what it does with the piped value.</summary>
internal sealed record LiquidFilter(string Name, int Required, int Optional, Func<LiquidRun, object?, object?[], object?> Body)
{
    public bool IsDefault => Name == "default";

    public object? Apply(LiquidRun run, object? input, object?[] arguments)
    {
        // Every filter reads its input at most a few times; what it builds is charged before it is built.
        run.Charge(input is string or MarkdownValue ? run.TextOf(input).Length : 1);
        return Body(run, input, arguments);
    }
}

/// <summary>The filters that templates may use. Written here rather than taken from the parser's library, because each must be bounded.</summary>
internal static class LiquidFilters
{
    private static readonly Dictionary<string, LiquidFilter> All = new LiquidFilter[]
    {
        new("default", 1, 0, (_, input, args) => LiquidValues.IsTrue(input) ? input : args[0]),
        // Every value is escaped where it is written; escaping here as well would show "&amp;" to the reader.
        new("escape", 0, 0, (_, input, _) => input),
        Text("upcase", (run, text) => text.ToUpper(run.Culture)),
        Text("downcase", (run, text) => text.ToLower(run.Culture)),
        Text("capitalize", (run, text) => text.Length == 0 ? text : string.Concat(text[..1].ToUpper(run.Culture), text.AsSpan(1))),
        Text("strip", (_, text) => text.Trim()),
        Text("lstrip", (_, text) => text.TrimStart()),
        Text("rstrip", (_, text) => text.TrimEnd()),
        Text("strip_newlines", (_, text) => text.ReplaceLineEndings("")),
        new("append", 1, 0, (run, input, args) => Joined(run, run.TextOf(input), run.TextOf(args[0]))),
        new("prepend", 1, 0, (run, input, args) => Joined(run, run.TextOf(args[0]), run.TextOf(input))),
        new("replace", 1, 1, (run, input, args) => Replaced(run, run.TextOf(input), run.TextOf(args[0]), args.Length > 1 ? run.TextOf(args[1]) : "")),
        new("remove", 1, 0, (run, input, args) => Replaced(run, run.TextOf(input), run.TextOf(args[0]), "")),
        new("truncate", 0, 2, (run, input, args) => Truncated(run, run.TextOf(input), Number(args, 50), args.Length > 1 ? run.TextOf(args[1]) : "…")),
        new("truncatewords", 0, 2, (run, input, args) => TruncatedWords(run, run.TextOf(input), Number(args, 15), args.Length > 1 ? run.TextOf(args[1]) : "…")),
        new("date", 0, 1, (run, input, args) => Date(run, input, args.Length > 0 ? run.TextOf(args[0]) : null)),
        new("size", 0, 0, (run, input, _) => input is IReadOnlyList<object> list ? list.Count : (decimal)run.TextOf(input).Length),
        new("first", 0, 0, (_, input, _) => input is IReadOnlyList<object> list ? list.Count > 0 ? list[0] : null : input),
        new("last", 0, 0, (_, input, _) => input is IReadOnlyList<object> list ? list.Count > 0 ? list[^1] : null : input),
        new("map", 1, 0, Mapped),
        new("join", 0, 1, (run, input, args) => JoinedList(run, input, args.Length > 0 ? run.TextOf(args[0]) : " ")),
    }.ToDictionary(f => f.Name, StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } = [.. All.Keys.Order(StringComparer.Ordinal)];

    public static LiquidFilter? Find(string name) => All.GetValueOrDefault(name);

    private static LiquidFilter Text(string name, Func<LiquidRun, string, string> change) =>
        new(name, 0, 0, (run, input, _) => change(run, run.TextOf(input)));

    private static string Joined(LiquidRun run, string a, string b)
    {
        Charge(run, (long)a.Length + b.Length);
        return a + b;
    }

    private static string Replaced(LiquidRun run, string text, string what, string with)
    {
        if (what.Length == 0)
            return text;

        // Counted first: 256 KB of one letter, each replaced by 256 KB, would be 64 GB.
        var count = text.AsSpan().Count(what);
        Charge(run, text.Length + ((long)count * (with.Length - what.Length)));
        return count == 0 ? text : text.Replace(what, with, StringComparison.Ordinal);
    }

    private static string JoinedList(LiquidRun run, object? input, string separator)
    {
        if (input is not IReadOnlyList<object> list)
            return run.TextOf(input);

        var texts = list.Select(run.TextOf).ToList();
        Charge(run, texts.Sum(t => (long)t.Length + separator.Length));
        return string.Join(separator, texts);
    }

    private static IReadOnlyList<object>? Mapped(LiquidRun run, object? input, object?[] args)
    {
        var member = run.TextOf(args[0]);
        if (input is not IReadOnlyList<object> list || !TemplateVariables.AssetMembers.Contains(member))
            return null;

        run.Charge(list.Count);
        return [.. list.OfType<AssetValues>().Select(a => AssetMember.Of(a, member))];
    }

    private static string Truncated(LiquidRun run, string text, int length, string ending)
    {
        if (text.Length <= length)
            return text;

        var keep = Math.Max(0, length - ending.Length);
        // Half a surrogate pair would be an unreadable character.
        if (keep > 0 && char.IsHighSurrogate(text[keep - 1]))
            keep--;

        Charge(run, (long)keep + ending.Length);
        return string.Concat(text.AsSpan(0, keep), ending);
    }

    private static string TruncatedWords(LiquidRun run, string text, int count, string ending)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length <= count ? text : Joined(run, string.Join(' ', words.Take(Math.Max(1, count))), ending);
    }

    private static object? Date(LiquidRun run, object? input, string? format)
    {
        // Directives grow by at most a month's name.
        Charge(run, (format?.Length ?? 0) * 8L);
        DateTime? date = input switch
        {
            DateTime value => value,
            string text when DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var parsed) => parsed,
            _ => null,
        };
        if (date is null)
            return input;

        return string.IsNullOrEmpty(format) ? run.Dates.Default(date.Value) : run.Dates.Format(date.Value, format);
    }

    private static int Number(object?[] args, int otherwise) =>
        args.Length > 0 && args[0] is decimal number ? (int)Math.Clamp(number, 0, LiquidRun.OutputLimit) : otherwise;

    private static void Charge(LiquidRun run, long length)
    {
        if (length > LiquidRun.OutputLimit)
            throw new LimitReached($"A filter builds a text larger than {LiquidRun.OutputLimit / 1024} KB.");

        run.Charge(length);
    }
}
