using AngleSharp.Dom;
using InfluencerCrm.Core.SendOuts.Rendering;

namespace InfluencerCrm.Core.Tests.SendOuts.Rendering;

/// <summary>Names that try to be something else. Each must be read as written, in every place a template can put it.</summary>
public sealed class HostileValueTests
{
    public static TheoryData<string> Naughty =>
    [
        "[x](https://evil.test)", "![x](https://evil.test/p.gif)", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "**x**", "__x__",
        "*x", "_x_", "# x", "## x ##", "1. x", "1) x", "- x", "+ x", "> x", "`x`", "```", "~~~", "~~x~~", "| a | b |", "|---|", "---", "***", "===",
        "https://evil.test", "www.evil.test", "ftp://evil.test", "mailto:a@evil.test", "a@evil.test", "<https://evil.test>", "<a@evil.test>",
        "[x]: https://evil.test", "[x][y]", "[^1]", "&lt;b&gt;", "&amp;", "&#x3c;", "&nbsp", "\\", "\\*x\\*", "\\[x\\]", "\"", "'", "\"><b>x</b>", "'><b>",
        "</p></body></html>", "<!-- x -->", "<![CDATA[x]]>", "<?php ?>", "{{ 7 }}", "{% raw %}", "}}", "%}", "{{ influencer.lastName }}", "${7*7}", "zq0x0a", "zq1x0a",
        "zq0x", "zq", "zq0x99999999999a", "O'Brien & Söhne <GmbH>", "名前", "Ярослав", "עברית", "😀👩‍👩‍👧", "e\u0301", "a\u200Db", "$1", "$&", "%s", "%0d%0aBcc: x", "=?utf-8?q?x?=",
        "NULL", "undefined", "true", "-1", "1e999", "  x", "x{.cls}", "{#id}", ":smile:", "==x==", "^x^", "H~2~O", "++x++", "$$x$$", "<x@y>", "javascript:alert(1)",
        "data:text/html,<script>", "&colon;", "a  b", "\u00A0x\u00A0",
    ];

    [Theory]
    [MemberData(nameof(Naughty))]
    public void InText_AValueIsReadAsWritten_AndMakesNoElement(string value)
    {
        const string Body = "A {{ influencer.firstName }} B\n\n{{ influencer.firstName }}\n\n- {{ influencer.firstName }}\n\n**{{ influencer.firstName }}** `{{ influencer.firstName }}`\n\n{{ influencer.firstName }}. c";

        var mail = Sample.Mail(Body, Sample.Named(value));

        var body = Sample.Body(mail.Html);
        Assert.Equal(["P", "P", "UL", "LI", "P", "STRONG", "CODE", "P"], body.Descendants<IElement>().Select(e => e.TagName));
        Assert.Equal([$"A {value} B", value, value, $"{value} {value}", $"{value}. c"], body.QuerySelectorAll("p,li").Select(e => e.TextContent));
        Assert.Equal($"A {value} B\n\n{value}\n\n- {value}\n\n{value} {value}\n\n{value}. c\n", mail.Text);
    }

    [Theory]
    [MemberData(nameof(Naughty))]
    public void InFilters_AValueStaysText(string value)
    {
        const string Body = "{{ '**' | append: influencer.firstName | prepend: '<b>' | replace: 'zzz', 'y' }}{% capture c %}*{{ influencer.firstName }}*{% endcapture %} {{ c }} {{ influencer.firstName | escape }}";

        var body = Sample.Body(Sample.Mail(Body, Sample.Named(value)).Html);

        Assert.Equal($"<b>**{value} *{value}* {value}", Assert.Single(body.Children).TextContent);
        Assert.Empty(body.Children[0].Children);
    }

    [Theory]
    [MemberData(nameof(Naughty))]
    public void InAttributesAndLabels_AValueStaysInside(string value)
    {
        const string Body = "[{{ influencer.firstName }}](https://good.test/p \"{{ influencer.firstName }}\") ![{{ influencer.firstName }}](https://good.test/i.png)";

        var body = Sample.Body(Sample.Mail(Body, Sample.Named(value)).Html);

        var (link, image) = (body.QuerySelector("a")!, body.QuerySelector("img")!);
        Assert.Equal(3, body.Descendants<IElement>().Count());
        Assert.Equal((value, value, "https://good.test/p"), (link.TextContent, link.GetAttribute("title"), link.GetAttribute("href")));
        Assert.Equal((value, "https://good.test/i.png"), (image.GetAttribute("alt"), image.GetAttribute("src")));
    }

    [Theory]
    [MemberData(nameof(Naughty))]
    public void InsideAnAddress_AValueCannotChangeWhereTheLinkGoes(string value)
    {
        var body = Sample.Body(Sample.Mail("[a](https://good.test{{ influencer.firstName }}) [b](https://good.test/?q={{ influencer.firstName }}&z=1)", Sample.Named("/" + value)).Html);

        var hrefs = body.QuerySelectorAll("a").Select(a => a.GetAttribute("href")!).ToList();
        Assert.Equal(2, hrefs.Count);
        Assert.StartsWith("https://good.test%2F", hrefs[0], StringComparison.Ordinal);
        var uri = new Uri(hrefs[1]);
        Assert.Equal(("good.test", $"?q=%2F{Uri.EscapeDataString(value)}&z=1"), (uri.Host, uri.Query));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData("\u0001javascript:alert(1)")]
    [InlineData("&#106;avascript:alert(1)")]
    [InlineData("vbscript:x")]
    [InlineData("data:text/html,<script>")]
    [InlineData("//evil.test")]
    [InlineData("/x")]
    [InlineData("https:evil")]
    [InlineData("https://")]
    [InlineData("mailto:")]
    [InlineData("x\" onclick=\"alert(1)")]
    public void AsAnAddress_OnlyRealOnesBecomeLinks(string url)
    {
        var result = Sample.Render("[x]({{ outlet.url }}) <a href='{{ outlet.url }}'>y</a>", Sample.Values with { Outlet = new() { Url = url } });

        var links = Sample.Body(result.Mail!.Html).QuerySelectorAll("a");
        Assert.All(links, a => Assert.Equal("#", a.GetAttribute("href")));
        Assert.Equal(2, links.Length);
        Assert.All(result.Problems, p => Assert.Equal("unsafeLink", p.Code));
        Assert.Equal(2, result.Problems.Count);
    }

    [Theory]
    [InlineData("https://a.example/x?a=1&b=2#f", "https://a.example/x?a=1&b=2#f")]
    [InlineData(" HTTPS://a.example ", "HTTPS://a.example")]
    [InlineData("https://a.example/\"><script>", "https://a.example/%22%3E%3Cscript%3E")]
    [InlineData("https://a.example/é (1)", "https://a.example/%C3%A9%20(1)")]
    [InlineData("mailto:a@b.example", "mailto:a@b.example")]
    [InlineData("http://a.example/%C3%A9", "http://a.example/%C3%A9")]
    public void AsAnAddress_RealOnesAreKept(string url, string expected)
    {
        var mail = Sample.Mail("[x]({{ outlet.url }})", Sample.Values with { Outlet = new() { Url = url } });

        Assert.Equal(expected, Sample.Body(mail.Html).QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal($"x ({expected})\n", mail.Text);
    }

    [Fact]
    public void AnImage_TakesHttpsOnly()
    {
        var result = Sample.Render("![x]({{ outlet.url }})", Sample.Values with { Outlet = new() { Url = "http://a.example/i.png" } });

        Assert.Equal("unsafeLink", Assert.Single(result.Problems).Code);
        Assert.Equal("#", Sample.Body(result.Mail!.Html).QuerySelector("img")!.GetAttribute("src"));
    }

    [Fact]
    public void InAMailAddress_TheSignStaysReadable()
    {
        Assert.Contains("href=\"mailto:claire@agency.example?subject=A%20battery\"", Sample.Html("[x](mailto:{{ sender.email }}?subject={{ story.title }})"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nBcc: x@evil.test", "a Bcc: x@evil.test")]
    [InlineData("a\nb\rc", "a b c")]
    [InlineData("a\u2028b\u2029c\u0085d\vb\fc", "a b c d b c")]
    [InlineData("a\0b\u0007c\u001bd\u007fe", "ab c d e")]
    [InlineData("\u202Egnp.exe\u2066x", "gnp.exex")]
    [InlineData("a\tb", "a b")]
    [InlineData("‎א", "‎א")]
    public void ControlCharacters_LeaveOneLine(string value, string expected)
    {
        var mail = MailTemplate.Parse("S {{ influencer.firstName }} E", "S {{ influencer.firstName }} E", "en", new() { AppendUnsubscribeLine = false }).Render(Sample.Named(value)).Mail!;

        Assert.Equal($"S {expected} E", mail.Subject);
        Assert.Equal($"S {expected} E\n", mail.Text);
        Assert.Contains($"<p>S {expected} E</p>", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void HalfASurrogatePair_BecomesAReplacementCharacter()
    {
        // Not inline data: an attribute cannot hold it.
        Assert.Equal("\uFFFDx 😀", Sample.Text("{{ influencer.firstName }}", Sample.Named('\uD800' + "x 😀")));
    }

    [Fact]
    public void Subject_IsNeitherMarkdownNorHtml_AndOneLine()
    {
        Assert.Equal("**A** <b>O'Brien & Söhne</b>", Sample.Subject("**A**\r\n  <b>{{ influencer.firstName }}</b>\n", Sample.Named("O'Brien & Söhne")));
    }

    [Fact]
    public void TokensOfTheRenderer_InTheAuthorsText_AreText()
    {
        const string Body = "zq0x0a ZQ1X0a {% if influencer.city %}zq2{% endif %}x0a {{ influencer.firstName }}";

        Assert.Equal("zq0x0a ZQ1X0a zq2x0a Ana", Sample.Text(Body));
    }

    [Fact]
    public void TokensOfTheRenderer_InOneBranch_AreNotTakenForTheOtherBranchsValues()
    {
        // Both branches make the same Markdown, with the value in another place.
        var template = Sample.Template("{% if influencer.city == 'Paris' %}zq0x0a {{ influencer.firstName }}{% else %}{{ influencer.firstName }} zq1x0a{% endif %}");
        var elsewhere = Sample.Values with { Influencer = new() { FirstName = "Bo", City = "Rome" } };

        var (first, second) = (template.Render(Sample.Values).Mail!, template.Render(elsewhere).Mail!);

        Assert.Equal(("zq0x0a Ana\n", "Bo zq1x0a\n"), (first.Text, second.Text));
    }
}
