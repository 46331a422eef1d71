
namespace InfluencerCrm.Core.Tests.SendOuts.Rendering;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("# Title\n\nOne\nTwo **bold** *it* `code`\n\n---\n\nEnd", "Title\n\nOne\nTwo bold it code\n\n---\n\nEnd")]
    [InlineData("[site](https://a.example/x)", "site (https://a.example/x)")]
    [InlineData("<https://a.example/x> https://a.example/y", "https://a.example/x https://a.example/y")]
    [InlineData("[a.example](https://a.example/) [me@a.example](mailto:me@a.example)", "https://a.example/ me@a.example")]
    [InlineData("[write](mailto:me@a.example)", "write (mailto:me@a.example)")]
    [InlineData("- one\n- two\n  - deep\n  - deeper\n- three", "- one\n- two\n  - deep\n  - deeper\n- three")]
    [InlineData("9. nine\n10. ten\n\n    more", "9. nine\n\n10. ten\n\n    more")]
    [InlineData("> said\n> again\n>\n> more", "> said\n> again\n>\n> more")]
    [InlineData("```\n  a\n\n  b\n```", "  a\n\n  b")]
    [InlineData("| a | b |\n|---|---|\n| 1 | [x](https://a.example) |", "a | b\n1 | x (https://a.example)")]
    [InlineData("![A chart](https://a.example/c.png) text ![](https://a.example/d.png)", "A chart text")]
    [InlineData("<p>one<br>two</p><div>three <b>four</b></div>", "one\ntwo\n\nthree four")]
    [InlineData("5 &lt; 6 &amp; 7 &eacute; \\*", "5 < 6 & 7 é *")]
    [InlineData("a     b\tc", "a b c")]
    [InlineData("> - a\n> - b", "> - a\n> - b")]
    public void TextPart_ReadsLikeTheMarkdown(string body, string expected)
    {
        Assert.Equal(expected, Sample.Text(body));
    }

    [Fact]
    public void LongLines_AreNotWrapped()
    {
        var line = string.Join(' ', Enumerable.Repeat("word", 500));

        Assert.Equal(line, Sample.Text(line));
    }
}
