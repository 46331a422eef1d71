using System.Globalization;
using System.Text;

namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>How a value's place in the mail wants it written.</summary>
internal enum Slot
{
    /// <summary>Between tags or inside an attribute that only shows.</summary>
    Text,

    /// <summary>The beginning of a link's address.</summary>
    Link,

    /// <summary>The beginning of an image's address.</summary>
    Image,

    /// <summary>Inside an address that the author began.</summary>
    LinkPart,

    /// <summary>Inside a <c>mailto:</c> that the author began.</summary>
    MailLinkPart,
}

/// <summary>
/// The Markdown, sanitising and plain text of a mail, done once for all recipients whose mails differ in values only.
/// Values never pass through Markdown: each one's place is held by a token, which is a word to Markdown and to HTML,
/// and the finished parts are cut at the tokens.
/// </summary>
internal sealed class MailSkeleton
{
    private readonly IReadOnlyList<Segment> html;
    private readonly IReadOnlyList<Segment> text;

    private MailSkeleton(IReadOnlyList<Segment> html, IReadOnlyList<Segment> text, IReadOnlyList<TemplateProblem> problems)
    {
        this.html = html;
        this.text = text;
        Problems = problems;
    }

    /// <summary>What the author's own text had that mails do not keep.</summary>
    public IReadOnlyList<TemplateProblem> Problems { get; }

    /// <summary>Throws <see cref="LimitReached"/> where the Markdown is too deeply nested.</summary>
    public static MailSkeleton Build(string markdown, SlotTokens tokens)
    {
        var page = MailHtml.Convert(markdown, tokens);
        return new MailSkeleton(tokens.Cut(page.Html), tokens.Cut(page.Text), page.Problems);
    }

    /// <summary>The two parts with their values; adds the numbers of those that cannot be an address.</summary>
    public void Fill(IReadOnlyList<string> values, MailParts parts, ISet<int> notLinks)
    {
        foreach (var segment in html)
        {
            parts.Html.Append(segment.Literal);
            if (segment.Value >= 0)
                ValueText.AppendHtml(parts.Html, Write(segment, values, notLinks));
        }

        foreach (var segment in text)
        {
            parts.Text.Append(segment.Literal);
            if (segment.Value >= 0)
                parts.Text.Append(Write(segment, values, notLinks));
        }
    }

    private static string Write(Segment segment, IReadOnlyList<string> values, ISet<int> notLinks)
    {
        var value = values[segment.Value];
        switch (segment.Slot)
        {
            case Slot.Link or Slot.Image when ValueText.Link(value, segment.Slot is Slot.Image) is { } link:
                return link;
            case Slot.Link or Slot.Image:
                notLinks.Add(segment.Value);
                return "#";
            case Slot.LinkPart:
                return ValueText.LinkPart(value);
            case Slot.MailLinkPart:
                return ValueText.MailLinkPart(value);
            default:
                return value;
        }
    }

    /// <summary>Fixed text, then a value (or none: -1, at the end).</summary>
    internal readonly record struct Segment(string Literal, int Value, Slot Slot);
}

/// <summary>The words that hold the places of values in one skeleton: <c>zq0x12a</c> is the value 12 in the slot a.</summary>
internal sealed class SlotTokens
{
    private const string Letters = "abcde";
    private const char EmptyLetter = 'n';

    private SlotTokens(string mark) => Mark = mark;

    private string Mark { get; }

    /// <summary>Joins the pieces into Markdown, with a mark that the author's text does not contain; the same pieces give the same text.</summary>
    public static (string Markdown, SlotTokens Tokens) Join(IReadOnlyList<Piece> pieces)
    {
        for (var attempt = 0; ; attempt++)
        {
            var tokens = new SlotTokens(string.Create(CultureInfo.InvariantCulture, $"zq{attempt}x"));
            var markdown = new StringBuilder();
            var values = 0;
            foreach (var piece in pieces)
            {
                if (!piece.IsValue)
                {
                    markdown.Append(piece.Text);
                    continue;
                }

                // An empty value takes another token, because what it leaves behind (an empty paragraph) is cleared away.
                markdown.Append(CultureInfo.InvariantCulture, $"{tokens.Mark}{values++}{(piece.IsBlank ? EmptyLetter : Letters[(int)Slot.Text])}");
            }

            var joined = markdown.ToString();
            if (Count(joined, tokens.Mark) == values)
                return (joined, tokens);
        }
    }

    public string Without(string text, out bool any)
    {
        any = false;
        if (!text.Contains(Mark, StringComparison.Ordinal))
            return text;

        var result = new StringBuilder();
        var at = 0;
        foreach (var (start, end, _, letter) in Find(text))
        {
            if (letter != EmptyLetter)
                continue;

            any = true;
            result.Append(text, at, start - at);
            at = end;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    public bool StartsWithToken(string text) => text.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>Gives the tokens of an address their slots: the first one <paramref name="first"/> where it begins the address, all others <paramref name="rest"/>.</summary>
    public string InAddress(string address, Slot first, Slot rest)
    {
        var result = address.ToCharArray();
        foreach (var (start, end, _, _) in Find(address))
        {
            result[end - 1] = Letters[(int)(start == 0 ? first : rest)];
        }

        return new string(result);
    }

    public IReadOnlyList<MailSkeleton.Segment> Cut(string text)
    {
        List<MailSkeleton.Segment> segments = [];
        var at = 0;
        foreach (var (start, end, value, letter) in Find(text))
        {
            segments.Add(new(text[at..start], value, (Slot)Math.Max(0, Letters.IndexOf(letter, StringComparison.Ordinal))));
            at = end;
        }

        segments.Add(new(text[at..], -1, Slot.Text));
        return segments;
    }

    private IEnumerable<(int Start, int End, int Value, char Letter)> Find(string text)
    {
        for (var start = text.IndexOf(Mark, StringComparison.Ordinal); start >= 0; start = text.IndexOf(Mark, start + 1, StringComparison.Ordinal))
        {
            var end = start + Mark.Length;
            var value = 0;
            for (; char.IsAsciiDigit(text[end]); end++)
                value = (value * 10) + (text[end] - '0');

            yield return (start, end + 1, value, text[end]);
        }
    }

    private static int Count(string text, string mark)
    {
        // Addresses are put in lower case on their way, so a mark in capitals counts as well.
        var count = 0;
        for (var at = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(mark, at + 1, StringComparison.OrdinalIgnoreCase))
            count++;

        return count;
    }
}
