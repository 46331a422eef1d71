using InfluencerCrm.Core.SendOuts.Rendering;

namespace InfluencerCrm.Core.Tests.SendOuts.Rendering;

public sealed class MailTemplateTests
{
    [Fact]
    public void Render_PutsValuesIntoSubjectHtmlAndText()
    {
        var template = MailTemplate.Parse("{{ influencer.firstName }}: {{ story.title }}", "Hi **{{ influencer.firstName }}**,\n\n{{ recipient.personalLine }}", "en");

        var mail = template.Render(Sample.Values).Mail!;

        Assert.Equal("Ana: A battery", mail.Subject);
        Assert.StartsWith("<p>Hi <strong>Ana</strong>,</p>\n<p>Loved your piece on grids.</p>", Sample.Inside(mail.Html), StringComparison.Ordinal);
        Assert.StartsWith("Hi Ana,\n\nLoved your piece on grids.\n", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_MakesADocumentInTheVariantsLanguage()
    {
        Assert.Contains("<html lang=\"fr-CA\">", Sample.Mail("x", language: "fr-CA").Html, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", Sample.Mail("x", language: "ar").Html, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"&quot;&gt;\">", Sample.Mail("x", language: "\">").Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_SaysNoLanguage_WhereNobodyKnowsIt_AndWritesDatesInTheAssumedOne()
    {
        var template = MailTemplate.Parse("s", "{{ story.embargoUntil }}", null, new() { AssumedLanguage = "fr" });

        var mail = template.Render(Sample.Values).Mail!;

        Assert.StartsWith("<!DOCTYPE html>\n<html dir=\"auto\"><head>", mail.Html, StringComparison.Ordinal);
        Assert.StartsWith("lundi 1er mars 2027", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr-CA", "fr-FR", null, "Ne plus recevoir nos messages")]
    [InlineData("en", "DE-at", "de", "Keine weiteren E-Mails von uns erhalten")]
    [InlineData(null, "it", "it", "Non ricevere più i nostri messaggi")]
    [InlineData("ja", "ja", "en", "Stop receiving our e-mails")]
    public void UnsubscribeLine_InALanguageOfItsOwn_SaysWhich(string? language, string line, string? lang, string words)
    {
        var mail = MailTemplate.Parse("s", "Hello", language).Render(Sample.Values, [line]).Mail!;

        var link = Sample.Body(mail.Html).QuerySelector("a")!;
        Assert.Equal((words, lang), (link.TextContent, link.ParentElement!.GetAttribute("lang")));
    }

    [Fact]
    public void Render_InsertsNoPersonalLineOfItsOwn()
    {
        var mail = Sample.Mail("Hello");

        Assert.DoesNotContain("grids", mail.Html + mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", "Ne plus recevoir nos messages")]
    [InlineData("fr-BE", "Ne plus recevoir nos messages")]
    [InlineData("en", "Stop receiving our e-mails")]
    [InlineData("de", "Keine weiteren E-Mails von uns erhalten")]
    [InlineData("es", "Dejar de recibir nuestros mensajes")]
    [InlineData("it", "Non ricevere più i nostri messaggi")]
    [InlineData("nl", "Geen berichten meer van ons ontvangen")]
    [InlineData("ja", "Stop receiving our e-mails")]
    public void UnsubscribeLine_IsAppendedInTheVariantsLanguage(string language, string words)
    {
        var mail = MailTemplate.Parse("s", "Hello", language).Render(Sample.Values).Mail!;

        var link = Sample.Body(mail.Html).QuerySelector("a")!;
        Assert.Equal((words, Sample.Unsubscribe), (link.TextContent, link.GetAttribute("href")));
        Assert.EndsWith($"\n\n{words} ({Sample.Unsubscribe})\n", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[out]({{ unsubscribeUrl }})", 1)]
    [InlineData("{{ unsubscribeUrl | strip }}", 0)]
    [InlineData("{% if influencer.city == 'Rome' %}[out]({{ unsubscribeUrl }}){% endif %}x", 1)]
    public void UnsubscribeLine_IsNotDoubled(string body, int links)
    {
        var mail = MailTemplate.Parse("s", body, "en").Render(Sample.Values).Mail!;

        Assert.Equal(links, Sample.Body(mail.Html).QuerySelectorAll("a").Length);
        Assert.Contains(Sample.Unsubscribe, mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void UnsubscribeLine_CanBeLeftOut_AndNeedsAnAddress()
    {
        var off = Sample.Mail("Hello");
        var none = MailTemplate.Parse("s", "Hello", "en").Render(Sample.Values with { UnsubscribeUrl = "javascript:alert(1)" }).Mail!;

        Assert.DoesNotContain("<a", off.Html + none.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void UnsubscribeUrl_WorksInALinkTarget()
    {
        Assert.Equal($"<p><a href=\"{Sample.Unsubscribe}\">out</a></p>", Sample.Html("[out]({{ unsubscribeUrl }})"));
        Assert.Equal($"<p><a href=\"{Sample.Unsubscribe}\" title=\"Ana\">out</a></p>", Sample.Html("<a href=\"{{ unsubscribeUrl }}\" title=\"{{ influencer.firstName }}\">out</a>"));
        Assert.Equal($"out ({Sample.Unsubscribe})", Sample.Text("[out]({{ unsubscribeUrl }})"));
    }

    [Fact]
    public void StoryBody_KeepsItsMarkdown_UntilAFilterTouchesIt()
    {
        Assert.Equal("<p><strong>Lyon</strong> – first line.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n<p>About <em>Voltis</em>.</p>", Sample.Html("{{ story.body }}\n\n{{ client.boilerplate }}"));
        Assert.Equal("<p>**Ly…</p>", Sample.Html("{{ story.body | truncate: 5 }}"));
    }

    [Fact]
    public void StoryBody_IsSanitised()
    {
        var story = new StoryValues { Body = "a <script>alert(1)</script><img src=x onerror=alert(1)>[x](javascript:alert(1)) **ok**" };

        var result = Sample.Render("{{ story.body }}", Sample.Values with { Story = story });

        Assert.Equal("<p>a <img><a>x</a> <strong>ok</strong></p>", Sample.Inside(result.Mail!.Html));
        Assert.Equal(["removedHtml", "unsafeLink", "unsafeLink"], result.Problems.Select(p => p.Code).Order());
    }

    [Fact]
    public void Markdown_HasTablesLineBreaksAndAutolinksOfTheAuthor()
    {
        Assert.Equal("<p>a<br>\nb</p>", Sample.Html("a\nb"));
        Assert.Contains("<td>Ana</td>", Sample.Html("| n | c |\n|---|---|\n| {{ influencer.firstName }} | {{ influencer.city }} |"), StringComparison.Ordinal);
        Assert.Equal("<p><a href=\"https://a.example/?n=N%C3%BA%C3%B1ez\">https://a.example/?n=Núñez</a></p>", Sample.Html("https://a.example/?n={{ influencer.lastName }}"));
    }

    [Fact]
    public void AuthorsHtml_IsSanitised_AndWhatWasRemovedIsAWarning()
    {
        var result = Sample.Render("<p style=\"color:red\" onclick=\"x()\" class=\"c\">a <font color=\"red\">b</font></p>\n<script>alert(1)</script>\n<iframe src=\"https://a.example\"></iframe>\n<form action=\"https://a.example\"><input></form>\n<img src=\"https://a.example/i.png\" alt=\"i\">");

        Assert.Equal("<p>a b</p>\n\n\n\n<img src=\"https://a.example/i.png\" alt=\"i\">", Sample.Inside(result.Mail!.Html));
        Assert.True(result.CanSend);
        Assert.All(result.Problems, p => Assert.Equal(("removedHtml", true), (p.Code, p.IsWarning)));
        Assert.Equal(["script", "iframe", "font", "form", "input"], result.Problems.Select(p => p.Message.Split('<', '>')[1]));
    }

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt&colon;alert(1))")]
    [InlineData("<a href=\"java\tscript:alert(1)\">x</a>")]
    [InlineData("[x](data:text/html,x)")]
    [InlineData("[x](/relative)")]
    [InlineData("[x](//evil.example)")]
    [InlineData("[x](java{{ influencer.firstName }})")]
    [InlineData("![x](http://a.example/i.png)")]
    [InlineData("<img src=\"cid:1\" alt=\"x\">")]
    public void AuthorsAddress_ThatIsNoneForMails_IsRemovedAndReported(string body)
    {
        var result = Sample.Render(body, Sample.Named("script:alert(1)"));

        Assert.Equal("unsafeLink", Assert.Single(result.Problems).Code);
        Assert.False(result.CanSend);
        Assert.Empty(Sample.Body(result.Mail!.Html).QuerySelectorAll("[href],[src]"));
    }

    [Fact]
    public void Render_IsTheSameOnEveryRun_AndFromManyThreads()
    {
        const string Body = "{{ relationship.salutation }},\n\n{% for a in assets %}- [{{ a.name }}]({{ a.url }})\n{% endfor %}\n{% if influencer.city == 'Paris' %}*Paris*{% else %}{{ influencer.city }}{% endif %}";
        var people = Enumerable.Range(0, 200).Select(i => Sample.Values with { Influencer = new() { City = i % 3 == 0 ? "Paris" : $"City {i}" } }).ToList();
        var expected = people.Select(p => Sample.Template(Body).Render(p).Mail).ToList();
        var shared = Sample.Template(Body);

        var rendered = people.AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(p => shared.Render(p).Mail).ToList();

        Assert.Equal(expected, rendered);
    }
}
