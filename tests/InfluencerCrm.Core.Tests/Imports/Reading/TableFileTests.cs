using System.IO.Compression;
using System.Text;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Imports.Reading;

namespace InfluencerCrm.Core.Tests.Imports.Reading;

public sealed class TableFileTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Csv_ALineOfTwoGigabytes_IsRefusedAfterFewMegabytes()
    {
        using var source = new EndlessLine(2L << 30);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = await Assert.ThrowsAsync<Malformed>(() => TableFile.OpenAsync(source, TableFormat.Csv, TableLimits.Default, Ct));

        Assert.Equal("importLineTooLong", error.Code);
        Assert.True(source.Served < 16 << 20, $"{source.Served} bytes were read");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20);
    }

    [Fact]
    public async Task Csv_ALineOfTwoGigabytesInUtf16_IsRefusedAfterFewMegabytes()
    {
        using var source = new EndlessLine(2L << 30, [0xFF, 0xFE]);

        var error = await Assert.ThrowsAsync<Malformed>(() => TableFile.OpenAsync(source, TableFormat.Csv, TableLimits.Default, Ct));

        Assert.Equal("importLineTooLong", error.Code);
        Assert.True(source.Served < 16 << 20);
    }

    [Fact]
    public async Task Csv_AQuoteThatIsNeverClosed_CostsOneRowOfTheFile()
    {
        var text = new StringBuilder("Name,Email\n\"Open,open@example.org\n");
        for (var i = 0; i < 60_000; i++)
        {
            text.Append("Ann Example,").Append(i).Append("@example.org\n");
        }

        var rows = await RowsAsync(text.ToString());

        Assert.Equal(60_001, rows.Count);
        Assert.Equal("unclosedQuote", rows[0].Fault!.Code);
        Assert.Equal(2, rows[0].Line);
        Assert.All(rows.Skip(1), r => Assert.Null(r.Fault));
        Assert.Equal(60_002, rows[^1].Line);
    }

    [Fact]
    public async Task Csv_ACellOverTheLimit_RefusesItsRowOnly()
    {
        var rows = await RowsAsync($"Name,Email\nA,{new string('x', 70_000)}\n\"{new string('y', 70_000)}\",b\nC,c\n");

        Assert.Equal(["cellTooLong", "cellTooLong", null], rows.Select(r => r.Fault?.Code));
        Assert.Equal(["C", "c"], rows[2].Cells);
    }

    [Fact]
    public async Task Csv_RowsAtBlockBorders_AreWhole()
    {
        var text = new StringBuilder("a;b\r\n");
        for (var i = 0; i < 40_000; i++)
        {
            text.Append("\"é \"\"").Append(i).Append("\"\"\";").Append('ü', i % 7).Append("\r\n");
        }

        var rows = await RowsAsync(text.ToString());

        Assert.Equal(40_000, rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            Assert.Equal($"é \"{i}\"", rows[i].Cells[0]);
            Assert.Equal(new string('ü', i % 7), rows[i].Cells[1]);
        }
    }

    [Fact]
    public async Task Csv_AByteThatIsNotUtf8FarDownTheFile_TurnsAllOfItIntoWindows1252()
    {
        var bytes = new List<byte>("Name\n"u8.ToArray());
        for (var i = 0; i < 100_000; i++)
        {
            bytes.AddRange("0123456789 Ren"u8);
            bytes.AddRange(i == 99_999 ? [0xE9] : "e"u8);
            bytes.Add((byte)'\n');
        }

        using var source = new MemoryStream([.. bytes]);
        await using var reader = await TableFile.OpenAsync(source, null, TableLimits.Default, Ct);
        var last = await reader.ReadRowsAsync(Ct).LastAsync(Ct);

        Assert.StartsWith("windows-1252", reader.Description, StringComparison.Ordinal);
        Assert.Equal("0123456789 René", last.Cells[0]);
    }

    [Fact]
    public async Task Csv_Progress_EndsAtOne()
    {
        using var source = new MemoryStream("Name\nAnn\n"u8.ToArray());
        await using var reader = await TableFile.OpenAsync(source, null, TableLimits.Default, Ct);

        await foreach (var row in reader.ReadRowsAsync(Ct))
        {
            Assert.NotNull(row);
        }

        Assert.Equal(1, reader.Progress);
    }

    [Fact]
    public async Task Csv_WithMoreColumnsThanAllowed_IsRefused()
    {
        var error = await Assert.ThrowsAsync<Malformed>(() => RowsAsync(string.Join(',', Enumerable.Range(0, 600)) + "\n"));

        Assert.Equal("importTooManyColumns", error.Code);
    }

    [Theory]
    [InlineData(TableFormat.Csv, "PK\u0003\u0004", "importNotCsv")]
    [InlineData(TableFormat.Xlsx, "Name,Email\n", "importNotXlsx")]
    [InlineData(TableFormat.Xlsx, "PK\u0003\u0004 and no more", "importNotXlsx")]
    public async Task AFileOfAnotherKind_IsRefusedByName(TableFormat format, string content, string code)
    {
        using var source = new MemoryStream(Encoding.UTF8.GetBytes(content));

        var error = await Assert.ThrowsAsync<Malformed>(() => TableFile.OpenAsync(source, format, TableLimits.Default, Ct));

        Assert.Equal(code, error.Code);
    }

    [Fact]
    public async Task Xlsx_ZipBomb_IsRefusedBeforeItIsUnpacked()
    {
        using var source = Workbook.Of(sheet =>
        {
            sheet.Write("<row r=\"1\"><c t=\"inlineStr\"><is><t>Name</t></is></c></row>");
            for (var i = 0; i < 500_000; i++)
            {
                sheet.Write("<row><c><v>0000000000000000000000000000000000000000000000000000</v></c></row>");
            }
        });

        var error = await Assert.ThrowsAsync<Malformed>(() => TableFile.OpenAsync(source, null, TableLimits.Default, Ct));

        Assert.Equal("importZipBomb", error.Code);
    }

    [Fact]
    public async Task Xlsx_BombThatDeclaresASmallSize_IsNotUnpackedBeyondIt()
    {
        using var source = Workbook.Of(sheet =>
        {
            sheet.Write("<row r=\"1\"><c t=\"inlineStr\"><is><t>Name</t></is></c></row>");
            for (var i = 0; i < 500_000; i++)
            {
                sheet.Write("<row><c><v>0000000000000000000000000000000000000000000000000000</v></c></row>");
            }
        });
        Workbook.DeclareSize(source, "xl/worksheets/sheet1.xml", 100_000);
        var rows = 0;

        await Assert.ThrowsAsync<Malformed>(async () =>
        {
            await using var reader = await TableFile.OpenAsync(source, null, TableLimits.Default, Ct);
            await foreach (var row in reader.ReadRowsAsync(Ct))
            {
                rows++;
            }
        });

        Assert.True(rows < 50_000);
    }

    [Fact]
    public async Task Xlsx_WithMoreEntriesThanAnyWorkbook_IsRefused()
    {
        var source = new MemoryStream();
        using (var zip = new ZipArchive(source, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < 10_001; i++)
            {
                zip.CreateEntry($"e{i}");
            }
        }

        var error = await Assert.ThrowsAsync<Malformed>(() => TableFile.OpenAsync(source, null, TableLimits.Default, Ct));

        Assert.Equal("importZipBomb", error.Code);
    }

    [Fact]
    public async Task Xlsx_AnAttributeOfManyMegabytes_IsRefused()
    {
        using var source = Workbook.Of(
            sheet =>
            {
                sheet.Write("<row r=\"1\"><c r=\"A1\" t=\"");
                var noise = new Random(7);
                for (var i = 0; i < 24 << 10; i++)
                {
                    sheet.Write(string.Create(1024, noise, (span, random) =>
                    {
                        foreach (ref var c in span)
                        {
                            c = (char)('a' + random.Next(26));
                        }
                    }));
                }

                sheet.Write("\"/></row>");
            });

        var error = await Assert.ThrowsAsync<Malformed>(() => TableFile.OpenAsync(source, null, TableLimits.Default, Ct));

        Assert.Equal("importBrokenXlsx", error.Code);
    }

    [Fact]
    public async Task Xlsx_TextsBeyondMemory_ComeBackFromTheSpill()
    {
        const int Rows = 20_000;
        using var source = Workbook.Of(
            sheet =>
            {
                sheet.Write("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>");
                for (var i = 1; i < Rows; i++)
                {
                    // Back and forth, so that pages are left and found again.
                    sheet.Write($"<row r=\"{i + 1}\"><c r=\"A{i + 1}\" t=\"s\"><v>{(i % 2 == 0 ? i : Rows - i)}</v></c></row>");
                }
            },
            Enumerable.Range(0, Rows).Select(i => $"Zoé {i} {new string('é', i % 90)}"));
        await using var reader = XlsxTableReader.Open(source, TableLimits.Default, Ct, stringMemoryBytes: 100_000);

        var read = await reader.ReadRowsAsync(Ct).Select(r => r.Cells[0]).ToListAsync(Ct);

        Assert.Equal(Enumerable.Range(1, Rows - 1).Select(i => i % 2 == 0 ? i : Rows - i).Select(i => $"Zoé {i} {new string('é', i % 90)}"), read);
    }

    [Fact]
    public async Task Xlsx_ANamedSheetThatIsNotThere_IsSaidWithTheOnesThatAre()
    {
        using var source = Workbook.Of(sheet => sheet.Write("<row/>"));

        var error = await Assert.ThrowsAsync<Malformed>(async () => await XlsxTableReader.Open(source, TableLimits.Default, Ct, sheet: "Gone").DisposeAsync());

        Assert.Equal("importNoSheet", error.Code);
        Assert.Contains("Contacts", error.Message, StringComparison.Ordinal);
    }

    private static async Task<List<TableRow>> RowsAsync(string text)
    {
        using var source = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await using var reader = await TableFile.OpenAsync(source, TableFormat.Csv, TableLimits.Default, Ct);
        return await reader.ReadRowsAsync(Ct).ToListAsync(Ct);
    }
}
