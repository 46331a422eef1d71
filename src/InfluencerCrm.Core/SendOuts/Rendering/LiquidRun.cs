using System.Globalization;
using System.Text;

namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>A limit was reached; <see cref="MailTemplate"/> makes a problem of it.</summary>
internal sealed class LimitReached(string message) : Exception(message);

/// <summary>One rendering of one template for one person. Limits count work, not time, so that the same template ends the same way on every machine.</summary>
internal sealed class LiquidRun(TemplateValues values, string language, string target)
{
    public const int OutputLimit = 256 * 1024;
    private const int StepLimit = 50_000;
    private const int WorkLimit = 4 * 1024 * 1024;

    private readonly Dictionary<string, Local> locals = new(StringComparer.Ordinal);
    private readonly Stack<StringBuilder> captures = new();
    private int steps;
    private long work;
    private int length;

    public TemplateValues Values { get; } = values;

    /// <summary>Made when they are asked for: few templates do, and the system looks long for a culture.</summary>
    public TemplateDates Dates => field ??= new(language, Values.TimeZone);

    /// <summary>Decides about letter case: Turkish has its own i.</summary>
    public CultureInfo Culture => Dates.Culture;

    public List<Piece> Pieces { get; } = [];

    public List<TemplateProblem> Problems { get; } = [];

    public bool ShowedUnsubscribeUrl { get; private set; }

    public LoopSignal Signal { get; set; }

    public Local this[string name]
    {
        get => locals.GetValueOrDefault(name);
        set => locals[name] = value;
    }

    public void Step()
    {
        if (++steps > StepLimit)
            throw new LimitReached($"The template takes more than {StepLimit:N0} steps for one mail; shorten its loops.");
    }

    /// <summary>Text that a filter or comparison goes through.</summary>
    public void Charge(long characters)
    {
        Step();
        work += characters;
        if (work > WorkLimit)
            throw new LimitReached("The template handles too much text for one mail; shorten its loops and filters.");
    }

    public void WriteLiteral(string text) => Write(text, isValue: false);

    public void WriteValue(object? value, string? missing, int line, int column, bool showsUnsubscribeUrl)
    {
        if (missing is not null && !Problems.Any(p => p.Variable == missing))
        {
            var example = missing.Contains('.', StringComparison.Ordinal) || missing == TemplateVariables.UnsubscribeUrl ? missing : "influencer.firstName";
            Problems.Add(new("emptyVariable", $"{missing} is empty and the template gives no default ({{{{ {example} | default: \"…\" }}}}).", line, column) { Target = target, Variable = missing });
        }

        ShowedUnsubscribeUrl |= showsUnsubscribeUrl && missing is null;
        if (value is MarkdownValue markdown && captures.Count == 0)
            WriteLiteral(ValueText.Lines(markdown.Text));
        else
            Write(TextOf(value), isValue: true);
    }

    public void BeginCapture() => captures.Push(new StringBuilder());

    public string EndCapture() => captures.Pop().ToString();

    public string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        DateTime date => Dates.Default(date),
        AssetValues asset => asset.Name,
        IEnumerable<object> list => string.Join(", ", list.Select(TextOf)),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private void Write(string text, bool isValue)
    {
        length += text.Length;
        if (length > OutputLimit)
            throw new LimitReached($"The mail is larger than {OutputLimit / 1024} KB.");

        if (captures.TryPeek(out var capture))
            capture.Append(text);
        else
            Pieces.Add(new(text, isValue));
    }
}

/// <summary>A variable of the template's own, and the name of the empty variable it came from.</summary>
internal readonly record struct Local(object? Value, string? Missing);

/// <summary>What <c>break</c> and <c>continue</c> ask the loop around them.</summary>
internal enum LoopSignal
{
    None,
    Break,
    Continue,
}
