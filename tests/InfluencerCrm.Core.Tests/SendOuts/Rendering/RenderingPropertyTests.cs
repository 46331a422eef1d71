using System.Text;
using AngleSharp.Dom;
using CsCheck;
using InfluencerCrm.Core.SendOuts.Rendering;
using Markdig;

namespace InfluencerCrm.Core.Tests.SendOuts.Rendering;

/// <summary>What has to hold for any value and any template; seeds are fixed, so a failure repeats.</summary>
public sealed class RenderingPropertyTests
{
    private const string Alphabet = "ab1 .,:;!?-+*_~`#>|<&\"'\\/()[]{}=@$%^é名😀zqx0\tw:/htps";

    private static readonly Gen<string> Word = Gen.OneOf(
        Gen.Char[Alphabet].Array[1, 25].Select(c => new string(c)),
        Gen.OneOf("[x](https://evil.test)", "<script>alert(1)</script>", "**x**", "# x", "1. x", "https://evil.test", "www.evil.test", "`", "&lt;", "zq0x0a", "{{ 7 }}"));

    /// <summary>Values that Markdown itself would not trim, so that the other way to the same result can be compared.</summary>
    private static readonly Gen<string> Value = Word.Select(w => "v" + new string([.. w.Where(c => !char.IsSurrogate(c) && c != '\t')]) + "v");

    private static readonly Gen<string> Chunk = Gen.OneOf(
        "{{ influencer.firstName }}", "**{{ influencer.firstName }}**", " and ", "\n", "\n\n", "- item {{ influencer.lastName }}\n", "> {{ influencer.city }}\n",
        "`{{ influencer.city }}` ", "[a {{ influencer.lastName }}](https://good.test/{{ influencer.city }}) ", "[u]({{ unsubscribeUrl }})", "# {{ influencer.firstName }}\n",
        "| {{ influencer.city }} | b |\n|---|---|\n", "1. {{ influencer.firstName }}\n", "*", "_", "~~", "<b>{{ influencer.city }}</b>", "\n```\n{{ influencer.city }}\n```\n", "![{{ influencer.city }}](https://good.test/i.png)", "\\");

    private static readonly Gen<string> Body = Chunk.Array[1, 12].Select(string.Concat);

    private static TemplateValues Person(string first, string last, string city) =>
        Sample.Values with { Influencer = new() { FirstName = first, LastName = last, City = city } };

    [Fact]
    public void TextOfTheMail_IsTheTextOfMarkdownWithEscapedValues()
    {
        var pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().UseAutoLinks().UseSoftlineBreakAsHardlineBreak().Build();
        const string Template = "A {0} b\n\n- **{1}** c\n- x{0}x\n\n> {2}\n\n| h |\n|---|\n| {2} |\n\n# {1}\n";
        var body = Template.Replace("{0}", "{{ influencer.firstName }}", StringComparison.Ordinal).Replace("{1}", "{{ influencer.lastName }}", StringComparison.Ordinal).Replace("{2}", "{{ influencer.city }}", StringComparison.Ordinal);

        Gen.Select(Value, Value, Value).Always(
            200,
            c =>
            {
                var (first, last, city) = c;
                var markdown = new StringBuilder(Template).Replace("{0}", Escaped(first)).Replace("{1}", Escaped(last)).Replace("{2}", Escaped(city)).ToString();
                var expected = Sample.Body(Markdown.ToHtml(markdown, pipeline));

                var actual = Sample.Body(Sample.Mail(body, Person(first, last, city)).Html);

                return Shape(expected) == Shape(actual);
            });
    }

    [Fact]
    public void AConditionAroundTheTemplate_ChangesNothing()
    {
        Gen.Select(Body, Word, Word, Word).Always(
            200,
            c =>
            {
                var (body, first, last, city) = c;
                var values = Person(first, last, city);

                return Same(Sample.Render(body, values), Sample.Render("{% if unsubscribeUrl %}" + body + "{% else %}other{% endif %}", values))
                    && Same(Sample.Render(body, values), Sample.Render("{% for a in assets limit:1 %}" + body + "{% endfor %}", values));
            });
    }

    [Fact]
    public void ARememberedSkeleton_GivesWhatAFreshOneGives()
    {
        Gen.Select(Body, Gen.OneOf(Word, Gen.OneOf("", " ", "\u0001")).Array[6]).Always(
            200,
            c =>
            {
                var (body, words) = c;
                var template = Sample.Template(body + "{% if influencer.city contains 'e' %}e{% endif %}");
                _ = template.Render(Person(words[0], words[1], words[2]));
                var second = Person(words[3], words[4], words[5]);

                return Same(template.Render(second), Sample.Template(body + "{% if influencer.city contains 'e' %}e{% endif %}").Render(second));
            });
    }

    [Fact]
    public void ADraft_SaysWhatTheMailSays()
    {
        Gen.Select(Body, Gen.OneOf(Word, Gen.OneOf("", " ")).Array[3]).Always(
            200,
            c =>
            {
                var (body, words) = c;
                var template = MailTemplate.Parse("To {{ influencer.firstName }}", body, "fr");
                var values = Person(words[0], words[1], words[2]);
                var mail = template.Render(values);
                var draft = template.Draft(values, null, withText: true);
                var bare = template.Draft(values, null, withText: false);

                return (draft.Subject, draft.Text) == (mail.Mail?.Subject, mail.Mail?.Text) && draft.Problems.SequenceEqual(mail.Problems)
                    && (bare.Subject, bare.Text) == (mail.Mail?.Subject, null) && bare.Problems.SequenceEqual(mail.Problems);
            });
    }

    [Fact]
    public void TheElementsOfAMail_DoNotDependOnItsValues()
    {
        Gen.Select(Body, Value, Value, Value).Always(
            200,
            c =>
            {
                var (body, first, last, city) = c;
                var plain = Sample.Body(Sample.Render(body, Person("a", "a", "a")).Mail!.Html);
                var odd = Sample.Body(Sample.Render(body, Person(first, last, city)).Mail!.Html);

                return Elements(plain) == Elements(odd);
            });
    }

    [Fact]
    public void AnyText_IsATemplateOrAProblem_NeverAnException()
    {
        var source = Gen.OneOf(
            Gen.OneOf("{{", "}}", "{%", "%}", "if ", "endif", "for a in assets", "endfor", "influencer.", "firstName", " | ", "default: ", "'x'", "assign y = ", "capture z", "endcapture", "case ", "when ", "raw", "(", ")", "[", "1..9", "==", " and "),
            Word).Array[1, 15].Select(string.Concat);

        Gen.Select(source, source).Always(
            2_000,
            c =>
            {
                var (subject, body) = c;
                var result = MailTemplate.Parse(subject, body, "en").Render(Sample.Values);

                return result.Mail is null ? result.Problems.Count > 0 : !result.Mail.Subject.Contains('\n', StringComparison.Ordinal) && !result.Mail.Html.Contains("<script", StringComparison.OrdinalIgnoreCase);
            });
    }

    private static bool Same(RenderResult a, RenderResult b) => a.Mail == b.Mail && a.Problems.Select(p => p.Code).SequenceEqual(b.Problems.Select(p => p.Code));

    private static string Escaped(string value) => string.Concat(value.Select(c => char.IsAsciiLetterOrDigit(c) || c == ' ' || c > 127 ? c.ToString() : "\\" + c));

    private static string Elements(IElement body) => string.Join(' ', body.Descendants<IElement>().Select(e => e.TagName));

    private static string Shape(IElement body) => Elements(body) + "\n" + body.TextContent.Trim();
}
