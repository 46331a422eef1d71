using System.Collections.Concurrent;
using System.Text;

namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>
/// One variant's subject and body, parsed once and rendered for many people, from several threads if need be.
/// Subject: Liquid. Body: Markdown with Liquid. The same template and values always give the same mail.
/// </summary>
public sealed class MailTemplate
{
    /// <summary>Conditions make few skeletons; a template that makes more is not worth remembering.</summary>
    private const int SkeletonLimit = 64;
    private const int SubjectLimit = 998;
    private const string SubjectTarget = "subjectTemplate";
    private const string BodyTarget = "bodyTemplate";
    private const string Closing = "\n</body></html>\n";

    private static readonly HashSet<string> RightToLeft = new(StringComparer.OrdinalIgnoreCase) { "ar", "fa", "he", "ur" };

    private readonly ConcurrentDictionary<IReadOnlyList<Piece>, MailSkeleton> skeletons = new(new PieceShape());
    private readonly IReadOnlyList<Statement> subject;
    private readonly IReadOnlyList<Statement> body;
    private readonly MailTemplateOptions options;
    private readonly string opening;

    private MailTemplate(IReadOnlyList<Statement> subject, IReadOnlyList<Statement> body, string? language, MailTemplateOptions options, IReadOnlyList<TemplateProblem> problems)
    {
        this.subject = subject;
        this.body = body;
        this.options = options;
        Language = language;
        Problems = problems;
        opening = Opening(language);
    }

    /// <summary>BCP 47; names the HTML's language and the words of dates. Null: nobody says what language the text is in.</summary>
    public string? Language { get; }

    private string SpokenLanguage => Language ?? options.AssumedLanguage;

    /// <summary>What keeps the template from being rendered at all: syntax, names that are not in the allow-list.</summary>
    public IReadOnlyList<TemplateProblem> Problems { get; }

    /// <summary>Never throws on what an author wrote: see <see cref="Problems"/>.</summary>
    public static MailTemplate Parse(string subjectTemplate, string bodyTemplate, string? language, MailTemplateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(subjectTemplate);
        ArgumentNullException.ThrowIfNull(bodyTemplate);
        var (subject, subjectProblems) = LiquidCompiler.Compile(subjectTemplate, SubjectTarget);
        var (body, bodyProblems) = LiquidCompiler.Compile(bodyTemplate, BodyTarget);
        return new MailTemplate(subject, body, string.IsNullOrWhiteSpace(language) ? null : language, options ?? new(), [.. subjectProblems, .. bodyProblems]);
    }

    /// <summary>The mail for one person. Empty variables are problems beside the mail, limits are problems instead of it.</summary>
    /// <param name="lineLanguages">Languages for the unsubscribe line, the best first; by default the template's own.</param>
    public RenderResult Render(TemplateValues values, IEnumerable<string?>? lineLanguages = null)
    {
        var (subject, parts, problems) = Write(values, lineLanguages);
        return new RenderResult(subject is null || parts is null ? null : new RenderedMail(subject, parts.Html.ToString(), parts.Text.ToString()), problems);
    }

    /// <summary>Says of the mail what <see cref="Render"/> says, and makes of it no more than is asked for: for who goes through thousands.</summary>
    /// <param name="withText">False leaves the text null.</param>
    internal LetterDraft Draft(TemplateValues values, IEnumerable<string?>? lineLanguages, bool withText)
    {
        var (subject, parts, problems) = Write(values, lineLanguages);
        return new LetterDraft(subject, withText ? parts?.Text.ToString() : null, problems);
    }

    private (string? Subject, MailParts? Parts, IReadOnlyList<TemplateProblem> Problems) Write(TemplateValues values, IEnumerable<string?>? lineLanguages)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (Problems.Count > 0)
            return (null, null, Problems);

        var target = SubjectTarget;
        try
        {
            List<TemplateProblem> problems = [];
            var line = Subject(values, problems);
            target = BodyTarget;
            return (line, Body(values, lineLanguages ?? [Language], problems), problems);
        }
        catch (LimitReached limit)
        {
            return (null, null, [new("tooComplex", limit.Message, 0, 0) { Target = target }]);
        }
    }

    private string Subject(TemplateValues values, List<TemplateProblem> problems)
    {
        var run = new LiquidRun(values, SpokenLanguage, SubjectTarget);
        Statement.RunAll(subject, run);
        problems.AddRange(run.Problems);
        var line = ValueText.CollapseSpaces(ValueText.OneLine(string.Concat(run.Pieces.Select(p => p.Text))));
        if (line.Length == 0)
            problems.Add(new("emptySubject", "The subject is empty.", 1, 1) { Target = SubjectTarget });
        if (line.Length > SubjectLimit)
            throw new LimitReached($"The subject is longer than {SubjectLimit} characters.");

        return line;
    }

    private MailParts Body(TemplateValues values, IEnumerable<string?> lineLanguages, List<TemplateProblem> problems)
    {
        var run = new LiquidRun(values, SpokenLanguage, BodyTarget);
        Statement.RunAll(body, run);
        problems.AddRange(run.Problems);

        var texts = OneLineValues(run.Pieces);
        var skeleton = SkeletonOf(run.Pieces);
        problems.AddRange(skeleton.Problems);
        var parts = MailParts.Begin();
        parts.Html.Append(opening);
        var notLinks = new SortedSet<int>();
        skeleton.Fill(texts, parts, notLinks);
        foreach (var value in notLinks)
        {
            problems.Add(new("unsafeLink", $"\"{Short(texts[value])}\" is used as a link's address and is none: it has to begin with https://, http:// or mailto: (images: https://).", 0, 0) { Target = BodyTarget });
        }

        if (options.AppendUnsubscribeLine && !run.ShowedUnsubscribeUrl && ValueText.Link(values.UnsubscribeUrl ?? "", image: false) is { } link)
            UnsubscribeLine.Append(parts, UnsubscribeLine.LanguageOf(lineLanguages), Language, link);

        if (parts.Html.Length - opening.Length > LiquidRun.OutputLimit || parts.Text.Length > LiquidRun.OutputLimit)
            throw new LimitReached($"The mail is larger than {LiquidRun.OutputLimit / 1024} KB.");

        parts.Html.Append(Closing);
        parts.Text.Append('\n');
        return parts;
    }

    private MailSkeleton SkeletonOf(List<Piece> pieces)
    {
        if (skeletons.TryGetValue(pieces, out var known))
            return known;

        var (markdown, tokens) = SlotTokens.Join(pieces);
        var skeleton = MailSkeleton.Build(markdown, tokens);
        if (skeletons.Count < SkeletonLimit)
            skeletons.TryAdd(PieceShape.Of(pieces), skeleton);

        return skeleton;
    }

    /// <summary>Puts each value on one line, where it stands among the pieces too.</summary>
    private static List<string> OneLineValues(List<Piece> pieces)
    {
        List<string> values = [];
        for (var i = 0; i < pieces.Count; i++)
        {
            if (!pieces[i].IsValue)
                continue;

            var value = ValueText.OneLine(pieces[i].Text);
            pieces[i] = pieces[i] with { Text = value };
            values.Add(value);
        }

        return values;
    }

    private static string Opening(string? language)
    {
        var document = new StringBuilder("<!DOCTYPE html>\n<html");
        if (language is null)
        {
            document.Append(" dir=\"auto\"");
        }
        else
        {
            document.Append(" lang=\"");
            ValueText.AppendHtml(document, language);
            document.Append(RightToLeft.Contains(language.Split('-')[0]) ? "\" dir=\"rtl\"" : "\"");
        }

        return document
            .Append("><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head>\n<body>\n")
            .ToString();
    }

    private static string Short(string text) => text.Length > 80 ? text[..80] + "…" : text;
}
