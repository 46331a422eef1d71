using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>
/// The text part of a mail, from the finished elements of its HTML part: what Markdown made and what the author wrote as HTML read alike,
/// and the text part cannot say more than the HTML part. Lines are not wrapped: the reader's window does that better.
/// </summary>
internal static class PlainText
{
    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "p", "div", "center", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "hr", "table", "figure", "figcaption",
    };

    public static string Of(IElement body) => Block(body);

    /// <summary>Inline content runs together; blocks stand apart by an empty line.</summary>
    private static string Block(IElement element)
    {
        List<string> parts = [];
        var inline = new StringBuilder();
        foreach (var child in element.ChildNodes)
        {
            if (child is IElement block && Blocks.Contains(block.LocalName))
            {
                Flush();
                parts.Add(Whole(block));
            }
            else
            {
                Inline(child, inline);
            }
        }

        Flush();
        // A tight list keeps close to the line it belongs to.
        var separator = element.LocalName == "li" && element.ParentElement is { } list && IsTight(list) ? "\n" : "\n\n";
        return string.Join(separator, parts.Where(p => p.Length > 0));

        void Flush()
        {
            parts.Add(Trimmed(inline.ToString()));
            inline.Clear();
        }
    }

    private static string Whole(IElement block) => block.LocalName switch
    {
        "hr" => "---",
        "pre" => block.TextContent.TrimEnd('\n'),
        "blockquote" => Indent(Block(block), "> ", "> "),
        "ul" => List(block, _ => "- "),
        "ol" => List(block, i => string.Create(CultureInfo.InvariantCulture, $"{i}. ")),
        "table" => string.Join("\n", block.QuerySelectorAll("caption,tr").Select(Row).Where(r => r.Length > 0)),
        "dd" => Indent(Block(block), "  ", "  "),
        _ => Block(block),
    };

    private static string List(IElement list, Func<int, string> bullet)
    {
        var number = list is IHtmlOrderedListElement { Start: var start } ? start : 1;
        var items = list.Children.Where(c => c.LocalName == "li").Select(item =>
        {
            var sign = bullet(number++);
            return Indent(Block(item), sign, new string(' ', sign.Length));
        });
        return string.Join(IsTight(list) ? "\n" : "\n\n", items);
    }

    private static bool IsTight(IElement list) => !list.Children.Any(item => item.Children.Any(c => c.LocalName == "p"));

    private static string Row(IElement row) =>
        row.LocalName == "caption" ? Block(row) : string.Join(" | ", row.Children.Select(c => Block(c).Replace('\n', ' ')));

    private static void Inline(INode node, StringBuilder text)
    {
        switch (node)
        {
            case IText { Data: var data }:
                AppendCollapsed(text, data);
                break;
            case IHtmlBreakRowElement:
                text.Append('\n');
                break;
            case IHtmlImageElement image:
                text.Append(image.GetAttribute("alt"));
                break;
            case IHtmlAnchorElement link:
                Link(link, text);
                break;
            case IElement element when Blocks.Contains(element.LocalName):
                text.Append('\n').Append(Whole(element)).Append('\n');
                break;
            case IElement element:
                foreach (var child in element.ChildNodes)
                    Inline(child, text);
                break;
        }
    }

    private static void Link(IHtmlAnchorElement link, StringBuilder text)
    {
        var label = new StringBuilder();
        foreach (var child in link.ChildNodes)
            Inline(child, label);

        var shown = Trimmed(label.ToString());
        var address = link.GetAttribute("href") ?? "";
        if (address.Length == 0)
            text.Append(shown);
        else if (shown.Length == 0 || address == shown || address == "mailto:" + shown || IsSame(address, shown))
            text.Append(address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) && shown.Length > 0 ? shown : address);
        else
            text.Append(shown).Append(" (").Append(address).Append(')');
    }

    // https://example.com/ written as example.com, or an autolink.
    private static bool IsSame(string address, string shown) =>
        address.TrimEnd('/') is var bare && (bare == shown.TrimEnd('/') || bare == "https://" + shown || bare == "http://" + shown);

    private static void AppendCollapsed(StringBuilder text, string data)
    {
        foreach (var c in data)
        {
            if (c is not (' ' or '\n' or '\t' or '\r'))
                text.Append(c);
            else if (text.Length > 0 && text[^1] is not (' ' or '\n'))
                text.Append(' ');
        }
    }

    private static string Trimmed(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.Trim(' '))).Trim('\n');

    private static string Indent(string text, string first, string rest) =>
        first + text.Replace("\n", "\n" + rest, StringComparison.Ordinal).Replace("\n" + rest + "\n", "\n" + rest.TrimEnd() + "\n", StringComparison.Ordinal);
}
