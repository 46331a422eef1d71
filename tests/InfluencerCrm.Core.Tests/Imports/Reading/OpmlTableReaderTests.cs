using System.Text;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Imports.Reading;

namespace InfluencerCrm.Core.Tests.Imports.Reading;

public sealed class OpmlTableReaderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AFeed_IsARowUnderItsFolders()
    {
        using var source = Stream("""
            <opml version="2.0"><head><title>Mine</title><ownerName>Not The Author</ownerName></head><body>
            <outline text="Press"><outline text="Radio">
            <outline text="short" title="Long title" xmlUrl="https://a.test/feed" htmlUrl="https://a.test" language="fr" description="About" author="Zoé"/>
            </outline></outline></body></opml>
            """);
        await using var reader = await TableFile.OpenAsync(source, null, TableLimits.Default, Ct);

        var row = Assert.Single(await reader.ReadRowsAsync(Ct).ToListAsync(Ct));

        Assert.Equal((TableFormat.Opml, "OPML 2.0, “Mine”", 3), (reader.Format, reader.Description, row.Line));
        Assert.Equal(["Author", "Name", "Feed", "Website", "Language", "Description", "Topics"], reader.Headings);
        Assert.Equal(["Zoé", "Long title", "https://a.test/feed", "https://a.test", "fr", "About", "Press; Radio"], row.Cells);
        Assert.Equal(1, reader.Progress);
        Assert.True(source.CanRead, "the file stays the caller's");
    }

    [Fact]
    public async Task AFileInUtf16_IsRead()
    {
        using var source = new MemoryStream([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("<opml version='1.1'><body><outline text='Écho' xmlUrl='http://e.test'/></body></opml>")]);
        await using var reader = await TableFile.OpenAsync(source, null, TableLimits.Default, Ct);

        Assert.Equal("Écho", Assert.Single(await reader.ReadRowsAsync(Ct).ToListAsync(Ct)).Cells[1]);
    }

    [Theory]
    [InlineData("Name,Email\nAnn,ann@example.org\n")]
    [InlineData("<rss version=\"2.0\"><channel><title>A feed, no list of feeds</title></channel></rss>")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("<")]
    public async Task WhatIsCalledOpmlAndIsNone_IsRefused(string content)
    {
        using var source = Stream(content);

        var error = await Assert.ThrowsAsync<Malformed>(() => TableFile.OpenAsync(source, TableFormat.Opml, TableLimits.Default, Ct));

        Assert.Equal("importNotOpml", error.Code);
    }

    [Fact]
    public async Task OpmlGivenAsCsv_IsRefusedByName()
    {
        using var source = Stream("<?xml version='1.0'?><opml><body/></opml>");

        var error = await Assert.ThrowsAsync<Malformed>(() => TableFile.OpenAsync(source, TableFormat.Csv, TableLimits.Default, Ct));

        Assert.Equal("importNotCsv", error.Code);
        Assert.Contains("format=opml", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FoldersWithoutEnd_AreRefused()
    {
        var error = await Assert.ThrowsAsync<Malformed>(() => RowsAsync($"<opml><body>{string.Concat(Enumerable.Repeat("<outline text='a'>", 5000))}"));

        Assert.Equal("importBrokenOpml", error.Code);
    }

    [Fact]
    public async Task AnAttributeWithoutEnd_IsRefusedBeforeItFillsTheMemory()
    {
        using var source = new EndlessLine(2L << 30, "<opml><body><outline xmlUrl='"u8.ToArray());

        var error = await Assert.ThrowsAsync<Malformed>(async () =>
        {
            await using var reader = await TableFile.OpenAsync(source, null, TableLimits.Default, Ct);
            await reader.ReadRowsAsync(Ct).ToListAsync(Ct);
        });

        Assert.Equal("importBrokenOpml", error.Code);
        Assert.True(source.Served < 64 << 20, $"{source.Served} bytes were read");
    }

    [Fact]
    public async Task ATextOverTheLimit_RefusesItsRowOnly()
    {
        var rows = await RowsAsync($"<opml><body>\n<outline text='{new string('x', 70_000)}' xmlUrl='http://a.test'/>\n<outline text='b' xmlUrl='http://b.test'/></body></opml>");

        Assert.Equal([("cellTooLong", 2), (null, 3)], rows.Select(r => (r.Fault?.Code, r.Line)));
    }

    [Fact]
    public async Task ManyFeeds_ComeOneAfterTheOtherInFlatMemory()
    {
        var text = new StringBuilder("<opml><body><outline text='All'>");
        for (var i = 0; i < 50_000; i++)
        {
            text.Append("<outline type='rss' text='Feed ").Append(i).Append("' xmlUrl='https://f.test/").Append(i).Append("'/>");
        }

        using var source = Stream(text.Append("</outline></body></opml>").ToString());
        await using var reader = await TableFile.OpenAsync(source, null, TableLimits.Default, Ct);
        var (count, last) = (0, 0);
        await foreach (var row in reader.ReadRowsAsync(Ct))
        {
            Assert.True(row.Line > last, "each row has a line of its own");
            (count, last) = (count + 1, row.Line);
        }

        Assert.Equal(50_000, count);
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<List<TableRow>> RowsAsync(string text)
    {
        using var source = Stream(text);
        await using var reader = await TableFile.OpenAsync(source, null, TableLimits.Default, Ct);
        return await reader.ReadRowsAsync(Ct).ToListAsync(Ct);
    }
}
