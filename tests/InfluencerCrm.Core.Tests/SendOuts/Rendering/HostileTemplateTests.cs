using System.Diagnostics;
using InfluencerCrm.Core.SendOuts.Rendering;

namespace InfluencerCrm.Core.Tests.SendOuts.Rendering;

/// <summary>Templates that try to cost more than a mail is worth. The limits count work, so each ends at the same point everywhere.</summary>
public sealed class HostileTemplateTests
{
    private static readonly TemplateValues Hundred = Sample.Values with
    {
        Assets = [.. Enumerable.Range(0, 100).Select(i => new AssetValues { Name = new string('a', 100), Url = "https://files.example/" + i })],
    };

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static void EndsWith(string code, string body, TemplateValues? values = null)
    {
        var watch = Stopwatch.StartNew();

        var result = Sample.Render(body, values ?? Hundred);

        Assert.Null(result.Mail);
        Assert.Contains(code, result.Problems.Select(p => p.Code));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), "A hostile template must end, not merely be slow.");
    }

    [Theory]
    [InlineData("{% for a in assets %}{% for b in assets %}{% for c in assets %}{% for d in assets %}{% for e in assets %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}")]
    [InlineData("{% for a in assets %}{% for b in assets %}{% for c in assets %}{{ a.name }}{% endfor %}{% endfor %}{% endfor %}")]
    [InlineData("{% assign x = 'aaaaaaaaaa' %}{% for a in assets %}{% assign x = x | append: x %}{% endfor %}")]
    [InlineData("{% assign x = 'aaaaaaaaaa' %}{% for a in assets %}{% assign x = x | prepend: x %}{% endfor %}")]
    [InlineData("{% assign x = 'aaaaaaaaaa' %}{% for a in assets %}{% assign x = x | replace: 'a', x %}{% endfor %}")]
    [InlineData("{% assign x = 'aaaaaaaaaa' %}{% for a in assets %}{% capture x %}{{ x }}{{ x }}{% endcapture %}{% endfor %}")]
    [InlineData("{% for a in assets %}{% for b in assets %}{% assign x = assets | map: 'name' | join: ',' %}{% endfor %}{% endfor %}")]
    [InlineData("{% assign x = story.body %}{% for a in assets %}{% for b in assets %}{% assign y = x | upcase | downcase %}{% endfor %}{% endfor %}")]
    [InlineData("{% for a in assets %}{% for b in assets %}{% for c in assets %}{% if story.body contains 'zz' %}{% endif %}{% endfor %}{% endfor %}{% endfor %}")]
    public void LoopsAndFilters_StopAtALimit(string body)
    {
        EndsWith("tooComplex", body, Hundred with { Story = new() { Body = new string('x', 50_000) } });
    }

    public static TheoryData<string, string> Deep => new()
    {
        { "tooComplex", Repeat("[", 50_000) },
        { "tooComplex", Repeat("[a](", 15_000) },
        { "tooComplex", Repeat(">", 50_000) },
        { "tooComplex", Repeat("*a_", 5_000) + Repeat("_a*", 5_000) },
        { "tooComplex", Repeat("https://a.b ", 5_000) },
        { "tooComplex", Repeat("<div>", 3_000) },
        { "tooComplex", Repeat("<b>", 20_000) },
        { "tooLarge", Repeat("x", 70_000) },
        { "tooComplex", "{{ story.body }}{{ story.body }}{{ story.body }}" },
        { "syntax", Repeat("{% if story.title %}", 3_000) },
        { "syntax", "{{ " + Repeat("(", 3_000) + "}}" },
        { "syntax", "{{ story.title" + Repeat(" | upcase", 3_000) + " }}" },
        { "syntax", "{% if story.title" + Repeat(" and story.title", 3_000) + " %}{% endif %}" },
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public void DeepAndLongTemplates_StopAtALimit(string code, string body)
    {
        EndsWith(code, body, Sample.Values with { Story = new() { Body = new string('x', 60_000), Title = "t" } });
    }

    [Fact]
    public void ALongSubject_IsAProblemOfTheSubject()
    {
        var result = MailTemplate.Parse("{{ influencer.firstName }}", "x", "en").Render(Sample.Named(new string('x', 2_000)));

        Assert.Equal(("tooComplex", "subjectTemplate"), (Assert.Single(result.Problems).Code, result.Problems[0].Target));
        Assert.Null(result.Mail);
    }

    [Fact]
    public void TheOutputLimit_CountsEscapedHtml()
    {
        var result = Sample.Render("{{ influencer.firstName }}", Sample.Named(new string('<', 100_000)));

        Assert.Equal("tooComplex", Assert.Single(result.Problems).Code);
        Assert.NotNull(Sample.Render("{{ influencer.firstName }}", Sample.Named(new string('x', 100_000))).Mail);
    }

    [Fact]
    public void ALimitReachedForOne_LeavesTheTemplateUsableForTheNext()
    {
        var template = Sample.Template("{{ influencer.firstName }}");

        var failed = template.Render(Sample.Named(new string('<', 100_000)));
        var next = template.Render(Sample.Named("Ana"));

        Assert.Null(failed.Mail);
        Assert.Equal("Ana\n", next.Mail!.Text);
    }

    [Theory]
    [InlineData("{{ 1e300 }}")]
    [InlineData("{{ 99999999999999999999999999999999999999 }}")]
    [InlineData("{{ -1 }}{{ true }}{{ 'x' | truncate: -5 }}{{ 'x' | truncate: 99999999999 }}")]
    [InlineData("{{ 'x' | date: '%' }}{{ story.embargoUntil | date: '%-' }}{{ story.embargoUntil | date: '%Q%%' }}")]
    [InlineData("{% break %}{% continue %}x")]
    [InlineData("{{ assets | first | size }}{{ assets | map: 'nothing' | join }}{{ story.title | join }}")]
    [InlineData("{% case story.title %}{% endcase %}{% case story.title %}x{% else %}y{% endcase %}")]
    [InlineData("")]
    [InlineData("\0\u0001{{")]
    public void OddTemplates_NeverThrow(string body)
    {
        var template = Sample.Template(body);

        Assert.True(template.Render(Sample.Values).Mail is not null || template.Problems.Count > 0);
    }
}
