using System.Text;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Imports.Reading;

namespace InfluencerCrm.Core.Tests.Imports.Reading;

public sealed class VcardTableReaderTests
{
    private const string Whole = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Lef=C3=A8vre;Zo=\r\n=C3=A9\r\nFN:Zoé Lefèvre\r\n"
        + "item1.EMAIL;TYPE=\"work,pref\":zoe@example.org\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:Bob\r\nEND:VCARD\r\nNOTE;ENCODING=BASE64:\r\n Y2Fm\r\n w6k=\r\n\r\nORG:Journal\\, Test;\r\n"
        + "PHOTO;BASE64:AAAA\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\nFN:Radio\r\nEND:VCARD\r\n";

    private static readonly int Notes = Array.IndexOf(VcardPerson.Headings, "Notes");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Headings_AreAllKnownToTheMapping() => Assert.Empty(ColumnMap.Guess(VcardPerson.Headings).Ignored);

    [Theory]
    [InlineData("BEGIN:VCARD\r\nVERSION:3.0\r\n")]
    [InlineData("\uFEFF\r\n begin:vcard\nVERSION:3.0\n")]
    public async Task ACard_IsToldFromTheFirstBytes(string text)
    {
        using var source = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await using var reader = await TableFile.OpenAsync(source, null, TableLimits.Default, Ct);

        Assert.Equal((TableFormat.Vcard, "vCard 3.0"), (reader.Format, reader.Description));
    }

    [Theory]
    [InlineData("", "importEmpty")]
    [InlineData("\r\n \r\n", "importEmpty")]
    [InlineData("Name,Email\r\nAnn,ann@example.org\r\n", "importNotVcard")]
    [InlineData("FN:Ann\r\nBEGIN:VCARD\r\nFN:Ann\r\nEND:VCARD\r\n", "importNotVcard")]
    [InlineData("PK\u0003\u0004BEGIN:VCARD", "importNotVcard")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "importNotVcard")]
    public async Task AnotherFile_IsRefusedByName(string text, string code)
    {
        using var source = new MemoryStream(Encoding.UTF8.GetBytes(text));

        var error = await Assert.ThrowsAsync<Malformed>(() => TableFile.OpenAsync(source, TableFormat.Vcard, TableLimits.Default, Ct));

        Assert.Equal(code, error.Code);
    }

    [Fact]
    public async Task AVcardUploadedAsCsv_IsRefusedByName()
    {
        using var source = new MemoryStream(Encoding.UTF8.GetBytes(Whole));

        var error = await Assert.ThrowsAsync<Malformed>(() => TableFile.OpenAsync(source, TableFormat.Csv, TableLimits.Default, Ct));

        Assert.Equal("importNotCsv", error.Code);
    }

    [Theory]
    [InlineData("\r\n ")]
    [InlineData("")]
    public async Task APhotoOfTenMegabytes_TakesNoMemory(string fold)
    {
        var photo = string.Concat(Enumerable.Repeat(new string('A', 74) + fold, 10_000_000 / 74));
        var bytes = Encoding.ASCII.GetBytes($"BEGIN:VCARD\r\nVERSION:4.0\r\nPHOTO:data:image/jpeg;base64,{photo}\r\nFN:Ann One\r\nX-IMAGE:{photo}\r\nEMAIL:ann@example.org\r\nEND:VCARD\r\n");
        using var source = new MemoryStream(bytes);
        await using var reader = await TableFile.OpenAsync(source, null, TableLimits.Default, Ct);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var row = Assert.Single(await reader.ReadRowsAsync(Ct).ToListAsync(Ct));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
        Assert.Null(row.Fault);
        Assert.Equal(["Ann One", "Ann", "One", "ann@example.org"], row.Cells[..4]);
        Assert.DoesNotContain("PHOTO", row.Source, StringComparison.Ordinal);
        Assert.Equal(1, reader.Progress);
    }

    [Theory]
    [InlineData("BEGIN:VCARD\r\nNOTE:")]
    [InlineData("BEGIN:VCARD\r\n")]
    [InlineData("BEGIN:VCARD")]
    [InlineData("BEGIN:VCARD\r\nNOTE;ENCODING=QUOTED-PRINTABLE:")]
    public async Task ALineOfTwoGigabytes_IsRefusedAfterFewMegabytes(string start)
    {
        using var source = new EndlessLine(2L << 30, Encoding.ASCII.GetBytes(start));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = await Assert.ThrowsAsync<Malformed>(() => RowsAsync(source));

        Assert.Equal("importLineTooLong", error.Code);
        Assert.True(source.Served < 16 << 20, $"{source.Served} bytes were read");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20);
    }

    [Fact]
    public async Task AFoldedValueOverTheLimit_RefusesItsCardOnly()
    {
        var folded = string.Concat(Enumerable.Repeat("\r\n " + new string('x', 70), 20_000));

        var rows = await RowsAsync($"BEGIN:VCARD\r\nFN:A\r\nNOTE:{folded}\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:B\r\nNOTE:{new string('y', 70_000)}\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:C\r\nEND:VCARD\r\n");

        Assert.Equal(["cellTooLong", "cellTooLong", null], rows.Select(r => r.Fault?.Code));
        Assert.Equal("C", rows[2].Cells[0]);
        Assert.Equal(20_009, rows[2].Line);
    }

    [Fact]
    public async Task ACardOfVeryManyProperties_RefusesItselfInBoundedMemory()
    {
        var many = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"TEL:{i}\r\n"));

        var rows = await RowsAsync($"BEGIN:VCARD\r\nFN:A\r\n{many}END:VCARD\r\nBEGIN:VCARD\r\nFN:B\r\nEND:VCARD\r\n");

        Assert.Equal(["rowTooLong", null], rows.Select(r => r.Fault?.Code));
        Assert.True(rows[0].Source!.Length < 20_000);
    }

    [Fact]
    public async Task CardsAtBlockBorders_AreWhole()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 20_000; i++)
        {
            text.Append("BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lefè\r\n vre").Append('é', i % 7).Append(";Zoé\r\nEMAIL:p").Append(i).Append("@example.org\r\nNOTE;QUOTED-PRINTABLE:a=\r\nb").Append(i).Append("\r\nEND:VCARD\r\n");
        }

        var rows = await RowsAsync(text.ToString());

        Assert.Equal(20_000, rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            Assert.Equal(["Zoé", "Lefèvre" + new string('é', i % 7), $"p{i}@example.org"], rows[i].Cells[1..4]);
            Assert.Equal($"ab{i}", rows[i].Cells[Notes]);
            Assert.Equal((i * 8) + 1, rows[i].Line);
        }
    }

    [Fact]
    public async Task AFileCutAtAnyByte_GivesRowsOrAnErrorOfOurs()
    {
        var bytes = Encoding.UTF8.GetBytes(Whole);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var rows = await TryAsync(bytes[..length]);

            // What is there of a card is never taken for the whole of it.
            Assert.All(rows.Where(r => r.Fault is null), r => Assert.Contains("END:VCARD", Encoding.UTF8.GetString(bytes, 0, length), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task RandomBytes_GiveRowsOrAnErrorOfOurs()
    {
        var random = new Random(20_250_101);
        var whole = Encoding.UTF8.GetBytes(Whole);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = i % 2 == 0 ? (byte[])whole.Clone() : new byte[random.Next(400)];
            if (i % 2 == 0)
            {
                for (var change = random.Next(1, 12); change > 0; change--)
                {
                    bytes[random.Next(11, bytes.Length)] = (byte)random.Next(256);
                }
            }
            else
            {
                random.NextBytes(bytes);
                Encoding.ASCII.GetBytes("BEGIN:VCARD\nFN:").CopyTo(bytes.Length > 20 ? bytes.AsMemory() : new byte[20]);
            }

            var rows = await TryAsync(bytes);

            Assert.Equal(rows.Select(r => r.Line).Distinct().Order(), rows.Select(r => r.Line));
        }
    }

    [Fact]
    public async Task TheSourceOfARow_ReadAgain_GivesTheSameCells()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "data", "contacts"), "vcard-*.vcf"))
        {
            await using var source = File.OpenRead(file);
            foreach (var row in (await RowsAsync(source)).Where(r => r.Fault?.Code != "undecodable"))
            {
                var again = Assert.Single(await RowsAsync(row.Source!));

                Assert.Equal(row.Cells, again.Cells);
            }
        }
    }

    private static async Task<List<TableRow>> TryAsync(byte[] bytes)
    {
        using var source = new MemoryStream(bytes);
        try
        {
            var rows = await RowsAsync(source);
            var people = new PersonRowReader(ColumnMap.Guess(VcardPerson.Headings));
            rows.ForEach(r => people.Read(r, out _));
            return rows;
        }
        catch (CrmError)
        {
            return [];
        }
    }

    private static Task<List<TableRow>> RowsAsync(string text) => RowsAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static async Task<List<TableRow>> RowsAsync(Stream source)
    {
        await using var reader = await TableFile.OpenAsync(source, TableFormat.Vcard, TableLimits.Default, Ct);
        return await reader.ReadRowsAsync(Ct).ToListAsync(Ct);
    }
}
