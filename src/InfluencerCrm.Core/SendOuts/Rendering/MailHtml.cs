using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;
using Markdig;

namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>Markdown to the HTML that mails may carry, and to the text part that says the same.</summary>
internal static class MailHtml
{
    private const int MarkdownLimit = 128 * 1024;
    private const int BracketLimit = 2_000;
    private const int TagLimit = 4_000;
    private const int DepthLimit = 100;

    /// <summary>A line break is a line break, as in any mail; addresses that the author writes out become links.</summary>
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseEmphasisExtras()
        .UseAutoLinks()
        .UseSoftlineBreakAsHardlineBreak()
        .Build();

    private static readonly string[] Tags =
    [
        "a", "abbr", "b", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "div", "dl", "dt",
        "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre",
        "q", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul",
    ];

    private static readonly string[] Attributes =
        ["align", "alt", "colspan", "dir", "height", "href", "lang", "rowspan", "scope", "src", "start", "title", "valign", "width"];

    /// <summary>Elements whose content is no text for a reader; of all other strange elements the content stays.</summary>
    private const string Gone = "script,style,iframe,object,embed,template,noscript,svg,math,select,textarea,title,audio,video,canvas,frameset,noembed,noframes,xmp";

    public static (string Html, string Text, IReadOnlyList<TemplateProblem> Problems) Convert(string markdown, SlotTokens tokens)
    {
        var problems = new List<TemplateProblem>();
        var document = Parse(markdown);
        foreach (var element in document.QuerySelectorAll(Gone))
        {
            problems.Add(Removed(element.LocalName));
            element.Remove();
        }

        Sanitizer(problems).SanitizeDom(document, document.Body);
        var body = document.Body!; // the parser always makes one
        foreach (var element in body.QuerySelectorAll("a[href],img[src]").ToList())
        {
            CheckAddress(element, tokens, problems);
        }

        ClearEmpty(body, tokens);
        return (body.InnerHtml.Trim(), PlainText.Of(body), problems.DistinctBy(p => p.Message).ToList());
    }

    private static IHtmlDocument Parse(string markdown)
    {
        // Brackets cost Markdown's parser quadratic time, and deep trees cost the sanitiser the same.
        if (markdown.Length > MarkdownLimit || markdown.AsSpan().Count('[') > BracketLimit || markdown.AsSpan().Count('<') > TagLimit || markdown.AsSpan().Count("://") > BracketLimit)
            throw new LimitReached("The text has too many links or elements for a mail.");

        try
        {
            var html = Markdig.Markdown.ToHtml(markdown, Markdown);
            var document = new HtmlParser().ParseDocument("<!DOCTYPE html><body>" + html);
            return Depth(document.Body) <= DepthLimit ? document : throw new LimitReached("The text is too deeply nested.");
        }
        catch (ArgumentException)
        {
            // Markdig's own guard.
            throw new LimitReached("The text is too deeply nested.");
        }
    }

    private static int Depth(INode? root)
    {
        var deepest = 0;
        var open = new Stack<(INode Node, int Depth)>();
        if (root is not null)
            open.Push((root, 0));

        while (open.TryPop(out var next) && deepest <= DepthLimit)
        {
            deepest = Math.Max(deepest, next.Depth);
            foreach (var child in next.Node.ChildNodes)
                open.Push((child, next.Depth + 1));
        }

        return deepest;
    }

    private static HtmlSanitizer Sanitizer(List<TemplateProblem> problems)
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = Tags.ToHashSet(StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = Attributes.ToHashSet(StringComparer.OrdinalIgnoreCase),
            AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto" },
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "src" },
            AllowedCssProperties = new HashSet<string>(),
            AllowedAtRules = new HashSet<AngleSharp.Css.Dom.CssRuleType>(),
        })
        {
            KeepChildNodes = true,
        };
        sanitizer.RemovingTag += (_, removing) => problems.Add(Removed(removing.Tag.LocalName));
        sanitizer.RemovingAttribute += (_, removing) =>
        {
            if (removing.Reason is RemoveReason.NotAllowedUrlValue)
                problems.Add(Unsafe(removing.Attribute.Value));
        };
        return sanitizer;
    }

    private static void CheckAddress(IElement element, SlotTokens tokens, List<TemplateProblem> problems)
    {
        var isImage = element.LocalName == "img";
        var attribute = isImage ? "src" : "href";
        var address = tokens.Without(element.GetAttribute(attribute)!, out var hadEmpty).Trim();
        if (tokens.StartsWithToken(address))
        {
            element.SetAttribute(attribute, tokens.InAddress(address, isImage ? Slot.Image : Slot.Link, Slot.LinkPart));
        }
        else if (ValueText.Link(address, isImage) is not null)
        {
            var isMail = address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);
            element.SetAttribute(attribute, tokens.InAddress(address, Slot.LinkPart, isMail ? Slot.MailLinkPart : Slot.LinkPart));
        }
        else
        {
            element.RemoveAttribute(attribute);
            // An empty variable is already a problem of its own.
            if (!hadEmpty)
                problems.Add(Unsafe(address));
        }
    }

    /// <summary>Takes out the places of empty values, and the paragraphs and line breaks that nothing but they made.</summary>
    private static void ClearEmpty(IElement body, SlotTokens tokens)
    {
        foreach (var element in body.QuerySelectorAll("[alt],[title]"))
        {
            foreach (var attribute in element.Attributes.Where(a => a.Name is "alt" or "title"))
                attribute.Value = tokens.Without(attribute.Value, out _);
        }

        foreach (var text in body.Descendants<IText>().ToList())
        {
            text.Data = tokens.Without(text.Data, out var any);
            if (!any || !string.IsNullOrWhiteSpace(text.Data))
                continue;

            var parent = text.ParentElement;
            if (text.PreviousSibling is IHtmlBreakRowElement before && text.NextSibling is null or IHtmlBreakRowElement)
                before.Remove();
            else if (text.PreviousSibling is null && text.NextSibling is IHtmlBreakRowElement after)
                after.Remove();

            text.Remove();
            while (parent is not null && parent != body && parent.LocalName is not ("td" or "th") && parent.ChildElementCount == 0 && string.IsNullOrWhiteSpace(parent.TextContent))
            {
                var outer = parent.ParentElement;
                parent.Remove();
                parent = outer;
            }
        }
    }

    private static TemplateProblem Removed(string tag) =>
        new("removedHtml", $"<{tag}> is not kept in mails.", 0, 0) { Target = "bodyTemplate", IsWarning = true };

    private static TemplateProblem Unsafe(string address) =>
        new("unsafeLink", $"\"{(address.Length > 80 ? address[..80] + "…" : address)}\" is no address for a mail: links begin with https://, http:// or mailto:, images with https://.", 0, 0) { Target = "bodyTemplate" };
}
