using System.Globalization;
using System.Text;
using InfluencerCrm.Core.Imports.Reading;
using MiniExcelLibs;

namespace InfluencerCrm.Core.Tests.Imports.Reading;

/// <summary>Whatever a table holds: written in any form that can hold it, it is read back as the same table.</summary>
public sealed class TableRoundTripTests
{
    private const int Seeds = 40;

    private static readonly string[] Known = ["Name", "Email", "Phone", "Outlet", "City", "Notes", "Tags"];

    private static readonly string[] Words =
    [
        "Zoé", "Lefèvre", "garçon", "à", "très", "fenêtre", "Ann", "O'Hara", "n° 12", "Müller", "x", "test@example.org", "12.5", "Rédactrice", "l'été", "naïve",
    ];

    private static readonly string[] Wild =
    [
        "", "", " ", "  leading", "trailing  ", "a,b", "a;b", "a|b", "a\tb", "a:b", "\"quoted\"", "\"", "\"\"", "two\nlines", "\n", "=1+1", "+33 1 23 45 67 89", "-2", "@SUM(A1)",
        "日本語", "Ελληνικά", "Привет", "👩‍👩‍👧‍👦", "\u202eabc", "Ṱo͞", "sep=;", "'", "<b>&amp;</b>", "_x0041_", "N/A", "#N/A", "true", "1e5", "0012", "2024-03-12",
    ];

    public static TheoryData<char, string> Csv
    {
        get
        {
            var cases = new TheoryData<char, string>();
            foreach (var delimiter in ",;\t|:")
            {
                foreach (var encoding in new[] { "utf-8", "utf-8 bom", "utf-16 bom", "utf-16BE bom", "utf-16", "windows-1252", "macintosh" })
                {
                    cases.Add(delimiter, encoding);
                }
            }

            return cases;
        }
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Csv))]
    public async Task Csv_IsReadBack(char delimiter, string encodingName)
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var random = new Random(seed);
            var encoding = CodePagesEncodingProvider.Instance.GetEncoding(encodingName.Split(' ')[0]) ?? Encoding.GetEncoding(encodingName.Split(' ')[0]);
            var (headings, rows) = Table(random, encodingName.StartsWith("utf", StringComparison.Ordinal) && encodingName != "utf-16");
            var text = new StringBuilder();
            var lineEnd = random.Next(3) switch { 0 => "\n", 1 => "\r\n", _ => "\r" };
            foreach (var cells in rows.Prepend(headings))
            {
                // A colon is believed only where nothing else could part the rows.
                text.AppendJoin(delimiter, cells.Select(c => Quoted(c, delimiter, always: delimiter == ':' || random.Next(3) == 0))).Append(lineEnd);
            }

            var preamble = encodingName.EndsWith("bom", StringComparison.Ordinal) ? encoding.GetPreamble() : [];
            using var source = new MemoryStream([.. preamble, .. encoding.GetBytes(text.ToString())]);

            await AssertSameAsync(source, TableFormat.Csv, headings, rows, $"seed {seed}, {encodingName}");
        }
    }

    [Fact]
    public async Task Xlsx_IsReadBack()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var (headings, rows) = Table(new Random(seed), wild: true);
            if (rows.Count == 0)
            {
                // The library writes headings only above rows.
                continue;
            }

            using var source = new MemoryStream();
            var values = rows.Select(r => headings.Zip(r).ToDictionary(p => p.First, p => (object)p.Second));
            await source.SaveAsAsync(values, cancellationToken: Ct);
            source.Position = 0;

            await AssertSameAsync(source, TableFormat.Xlsx, headings, rows, $"seed {seed}");
        }
    }

    [Fact]
    public async Task Vcard_IsReadBack()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var random = new Random(seed);
            var people = Enumerable.Range(0, random.Next(1, 12)).Select(_ => new[] { Text(random), Text(random), Text(random), Text(random) }).ToList();
            var text = new StringBuilder();
            foreach (var person in people)
            {
                var (first, last, city, notes) = (Escaped(person[0]), Escaped(person[1]), Escaped(person[2]), Escaped(person[3]));
                string[] lines = ["BEGIN:VCARD", "VERSION:3.0", $"N:{last};{first};;;", $"FN:{first} {last}", $"ADR;TYPE=WORK:;;;{city};;;", $"NOTE:{notes}", "END:VCARD"];
                foreach (var line in lines)
                {
                    text.Append(Folded(line, random)).Append("\r\n");
                }
            }

            using var source = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
            await using var reader = await TableFile.OpenAsync(source, TableFormat.Vcard, TableLimits.Default, Ct);
            var columns = new[] { "First name", "Last name", "City", "Notes" }.Select(h => reader.Headings.ToList().IndexOf(h)).ToArray();

            var read = await reader.ReadRowsAsync(Ct).Select(r => columns.Select(c => r.Cells[c]).ToArray()).ToListAsync(Ct);

            Assert.Equal(people.Count, read.Count);
            for (var i = 0; i < people.Count; i++)
            {
                Assert.True(people[i].SequenceEqual(read[i]), $"seed {seed}, card {i}: {string.Join(" | ", people[i])} came back as {string.Join(" | ", read[i])}");
            }
        }

        // No address in a name, no list of names, and no space around: cards mean something by these.
        static string Text(Random random) =>
            Cell(random, wild: true).Replace("@", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal).Trim() is { Length: > 1 } text ? text : "Ann";

        static string Escaped(string text) =>
            text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

        static string Folded(string line, Random random)
        {
            var at = random.Next(10, 60);
            return line.Length > at + 1 && !char.IsSurrogate(line[at]) && !char.IsSurrogate(line[at - 1]) ? $"{line[..at]}\r\n {line[at..]}" : line;
        }
    }

    private static async Task AssertSameAsync(Stream source, TableFormat format, string[] headings, List<string[]> rows, string what)
    {
        await using var reader = await TableFile.OpenAsync(source, format, TableLimits.Default, Ct);
        var read = await reader.ReadRowsAsync(Ct).ToListAsync(Ct);

        Assert.True(headings.SequenceEqual(reader.Headings), $"{what}: headings {string.Join(" | ", reader.Headings)}");
        Assert.True(rows.Count == read.Count, $"{what}: {rows.Count} rows became {read.Count} ({reader.Description})");
        for (var i = 0; i < rows.Count; i++)
        {
            Assert.True(read[i].Fault is null && rows[i].SequenceEqual(read[i].Cells), $"{what}, row {i}: [{string.Join("] [", rows[i])}] came back as [{string.Join("] [", read[i].Cells)}] ({reader.Description}, {read[i].Fault})");
        }
    }

    private static (string[] Headings, List<string[]> Rows) Table(Random random, bool wild)
    {
        var width = random.Next(2, Known.Length + 1);
        var rows = new List<string[]>();
        for (var i = random.Next(0, 30); i > 0; i--)
        {
            var cells = Enumerable.Range(0, width).Select(_ => Cell(random, wild)).ToArray();
            if (cells.All(string.IsNullOrWhiteSpace))
            {
                cells[random.Next(width)] = i.ToString(CultureInfo.InvariantCulture);
            }

            rows.Add(cells);
        }

        return (Known[..width], rows);
    }

    private static string Cell(Random random, bool wild) => random.Next(3) switch
    {
        0 when wild => Wild[random.Next(Wild.Length)],
        1 when wild => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Wild[random.Next(Wild.Length)] + Words[random.Next(Words.Length)])),
        _ => string.Join(' ', Enumerable.Range(0, random.Next(0, 4)).Select(_ => Words[random.Next(Words.Length)])),
    };

    private static string Quoted(string cell, char delimiter, bool always) =>
        always || cell.Contains(delimiter, StringComparison.Ordinal) || cell.AsSpan().IndexOfAny('"', '\n', '\r') >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
