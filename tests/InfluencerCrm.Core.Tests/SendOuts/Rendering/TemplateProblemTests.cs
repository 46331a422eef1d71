using InfluencerCrm.Core.SendOuts.Rendering;

namespace InfluencerCrm.Core.Tests.SendOuts.Rendering;

public sealed class TemplateProblemTests
{
    private static TemplateProblem Only(string body) => Assert.Single(Sample.Template(body).Problems);

    [Theory]
    [InlineData("Hi\n{{ influencer.first_name }}", "influencer.first_name", "influencer.firstName", 2, 4)]
    [InlineData("{{ firstName }}", "firstName", "influencer.firstName", 1, 4)]
    [InlineData("{{ influencer.firstname }}", "influencer.firstname", "influencer.firstName", 1, 4)]
    [InlineData("a\n\n{% if recipient.personaLine %}x{% endif %}", "recipient.personaLine", "recipient.personalLine", 3, 7)]
    [InlineData("{{ UnsubscribeUrl }}", "UnsubscribeUrl", "unsubscribeUrl", 1, 4)]
    public void UnknownVariable_NamesTheNearestOne_AndItsPlace(string body, string variable, string nearest, int line, int column)
    {
        var problem = Only(body);

        Assert.Equal(("unknownVariable", variable, line, column, "bodyTemplate"), (problem.Code, problem.Variable, problem.Line, problem.Column, problem.Target));
        Assert.Contains($"Did you mean {nearest}?", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ influencer.email }}")]
    [InlineData("{{ influencer }}")]
    [InlineData("{{ story }}")]
    [InlineData("{{ influencer.firstName.length }}")]
    [InlineData("{{ values.timeZone }}")]
    [InlineData("{{ object }}")]
    [InlineData("{{ date.now }}")]
    [InlineData("{% for a in assets %}{% endfor %}{{ a.path }}")]
    public void WhatIsNotInTheAllowList_IsUnknown_WithTheListOfNames(string body)
    {
        var problem = Only(body);

        Assert.Equal("unknownVariable", problem.Code);
        Assert.Contains("recipient.angle, recipient.personalLine", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryProblemIsListed_SubjectFirst()
    {
        var template = MailTemplate.Parse("{{ a }}", "{{ b }}\n{{ c | d }}", "en");

        Assert.Equal([("subjectTemplate", 1), ("bodyTemplate", 1), ("bodyTemplate", 2), ("bodyTemplate", 2)], template.Problems.Select(p => (p.Target!, p.Line)));
        var result = template.Render(Sample.Values);
        Assert.Null(result.Mail);
        Assert.Equal(template.Problems, result.Problems);
    }

    [Theory]
    [InlineData("{% if story.title %}x", 1)]
    [InlineData("a\nb {% endif %}", 2)]
    [InlineData("{{ story.title + 'x' }}", 1)]
    [InlineData("x\n\n{{ 'open }}", 3)]
    [InlineData("{{ story.title", 1)]
    [InlineData("{% if %}{% endif %}", 1)]
    [InlineData("{{ story.title | truncate: 1, 2, 3 }}", 1)]
    [InlineData("{{ story.title | default }}", 1)]
    public void BrokenLiquid_IsASyntaxProblemWithItsLine(string body, int line)
    {
        var problems = Sample.Template(body).Problems;

        Assert.Contains(problems, p => p.Code == "syntax" && p.Line == line && p.Column >= 1);
    }

    [Theory]
    [InlineData("{% include 'secrets' %}")]
    [InlineData("{% render 'secrets' %}")]
    [InlineData("{{ (1..1000000000) }}")]
    [InlineData("{% for i in (1..1000000000) %}x{% endfor %}")]
    [InlineData("{% for i in influencer.firstName %}x{% endfor %}")]
    [InlineData("{% tablerow a in assets %}x{% endtablerow %}")]
    [InlineData("{% increment x %}")]
    [InlineData("{% cycle 'a', 'b' %}")]
    [InlineData("{{ influencer['firstName'] }}")]
    [InlineData("{{ assets[0] }}")]
    [InlineData("{% assign unsubscribeUrl = 'https://evil.example' %}")]
    [InlineData("{% assign influencer = 'x' %}")]
    [InlineData("{% assign influencer.firstName = 'x' %}")]
    [InlineData("{% capture sender %}x{% endcapture %}")]
    [InlineData("{% for assets in assets %}{% endfor %}")]
    [InlineData("{% for a in assets limit:influencer.city %}{% endfor %}")]
    public void WhatTemplatesMayNotDo_IsAProblem(string body)
    {
        var problems = Sample.Template(body).Problems;

        Assert.Contains(problems, p => p.Code == "notSupported" && p.Line == 1);
    }

    [Theory]
    [InlineData("{{ story.title | upcse }}", "upcase")]
    [InlineData("{{ story.title | regex_replace: 'a', 'b' }}", null)]
    [InlineData("{{ story.title | object.eval }}", null)]
    public void UnknownFilter_ListsTheFilters(string body, string? nearest)
    {
        var problem = Sample.Template(body).Problems[0];

        Assert.True(problem.Code is "unknownFilter" or "notSupported");
        if (nearest is not null)
            Assert.Contains($"Did you mean {nearest}? Filters: append, capitalize", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public void EmptyVariable_WithoutDefault_IsAProblemThatNamesIt_BesideTheMail(string? name)
    {
        var result = Sample.Render("Hello\n{{ influencer.firstName }}", Sample.Named(name));

        var problem = Assert.Single(result.Problems);
        Assert.Equal(("emptyVariable", "influencer.firstName", 2, 4), (problem.Code, problem.Variable, problem.Line, problem.Column));
        Assert.NotNull(result.Mail);
        Assert.False(result.CanSend);
    }

    [Theory]
    [InlineData("{{ influencer.firstName | upcase | append: ',' }}")]
    [InlineData("{{ 'Dear ' | append: influencer.firstName }}")]
    [InlineData("{{ influencer.firstName | default: recipient.angle }}")]
    [InlineData("{% assign n = influencer.firstName %}{{ n }}")]
    [InlineData("{% capture n %}{{ influencer.firstName }}{% endcapture %}x")]
    [InlineData("{{ influencer.firstName }} {{ influencer.firstName }}")]
    public void EmptyVariable_IsFoundBehindFiltersAndNames(string body)
    {
        var result = Sample.Render("x " + body, Sample.Named("") with { Recipient = new() });

        Assert.Equal("emptyVariable", Assert.Single(result.Problems).Code);
    }

    [Theory]
    [InlineData("{{ influencer.firstName | default: 'there' }}", "there")]
    [InlineData("{{ influencer.firstName | default: '' }}", "")]
    [InlineData("{{ influencer.firstName | default: recipient.angle }}", "storage")]
    [InlineData("{% assign n = influencer.firstName | default: 'you' %}{{ n | upcase }}", "YOU")]
    [InlineData("{% if influencer.firstName %}{{ influencer.firstName }}{% else %}none{% endif %}", "none")]
    public void EmptyVariable_WithADecision_IsNone(string body, string expected)
    {
        Assert.Equal($"Hi {expected}.", Sample.Text("Hi " + body + ".", Sample.Named("")));
    }

    [Fact]
    public void EmptyValue_LeavesNoEmptyParagraphNorLine()
    {
        const string Body = "a\n\n{{ recipient.personalLine | default: '' }}\n\n- {{ recipient.angle | default: '' }}\n\nb\n**{{ recipient.angle | default: '' }}**\nc";

        var mail = Sample.Mail(Body, Sample.Values with { Recipient = new() });

        Assert.Empty(Sample.Body(mail.Html).QuerySelectorAll("li,ul,strong,p:empty"));
        Assert.Equal(2, Sample.Body(mail.Html).QuerySelectorAll("p").Length);
        Assert.StartsWith("a\n\nb\n", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void EmptySubject_IsAProblem()
    {
        var result = MailTemplate.Parse(" \n", "x", "en").Render(Sample.Values);

        Assert.Equal(("emptySubject", "subjectTemplate"), (Assert.Single(result.Problems).Code, result.Problems[0].Target));
    }

    [Fact]
    public void LinkFromAValueThatIsNoAddress_IsAProblem()
    {
        var result = Sample.Render("[x]({{ outlet.url }})", Sample.Values with { Outlet = new() { Url = "www.courant.example" } });

        Assert.Equal("unsafeLink", Assert.Single(result.Problems).Code);
        Assert.Contains("www.courant.example", result.Problems[0].Message, StringComparison.Ordinal);
    }
}
