using System.Globalization;
using System.Text;
using MiniExcelLibs;
using static InfluencerCrm.Api.Tests.Imports.ImportCalls;

namespace InfluencerCrm.Api.Tests.Exports;

/// <summary>
/// Any table of people, written in each format and encoding, imported, exported and imported again, is the same data. Tables come
/// from seeds, so that one that fails can be made again.
/// </summary>
public sealed class RoundTripPropertyTests
{
    private const int Seeds = 2;
    private const int People = 40;

    private static readonly string[] Headings = ["Display name", "First name", "Last name", "Kind", "Email", "Phone", "Outlet", "Function", "Tags", "Country", "City", "Language", "Bio", "Notes", "Do not contact"];

    private static readonly string[] FirstNames = ["Zoé", "Anne-Laure", "Jérôme", "Saïd", "Noëlle", "Ann", "Björn", "Inès"];
    private static readonly string[] LastNames = ["Lefèvre", "Le Goff", "de La Tour", "O'Hara", "van den Berghe", "Müller", "Péchard", "Null"];
    private static readonly string[] Texts = ["", "", "Suit l'énergie, rappeler ap. 15h", "two\nlines", "\"quoted\"; and more", "=HYPERLINK(\"http://evil.example\")", "+cmd|' /C calc'!A0", "-2", "@handle", "'already", "a\tb", "naïve façade", "0012", "<b>&amp;</b>", "sep=;"];

    /// <summary>What only Unicode can hold.</summary>
    private static readonly string[] Wide = ["日本語", "Ελληνικά", "Привет, мир", "👩‍👩‍👧‍👦 team", "مرحبا"];

    public static TheoryData<string> Forms => ["csv , utf-8", "csv ; utf-8 bom", "csv \t utf-16 bom", "csv | utf-16BE bom", "csv ; windows-1252", "csv ; macintosh", "xlsx", "vcf"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task ATable_ImportedExportedAndImportedAgain_IsTheSameData(string form)
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var rows = Rows(new Random(seed), wide: form.Contains("utf", StringComparison.Ordinal) || form is "xlsx" or "vcf");
            await using var first = await CrmApp.StartAsync();
            var job = await ImportAsync(first, Written(form, rows), $"people.{form.Split(' ')[0]}");
            Assert.True((Number(job, "refused"), Number(job, "created")) == (0, People), $"{form}, seed {seed}: {job.ToJsonString()}");
            if (form != "vcf")
            {
                await AssertIsWrittenAsync(first, rows, $"{form}, seed {seed}");
            }

            var exported = await first.Admin.GetByteArrayAsync(new Uri("api/exports/influencers?format=csv", UriKind.Relative), Ct);
            var workbook = await first.Admin.GetByteArrayAsync(new Uri("api/exports/influencers?format=xlsx", UriKind.Relative), Ct);
            foreach (var (file, name) in new[] { (exported, "again.csv"), (workbook, "again.xlsx") })
            {
                await using var second = await CrmApp.StartAsync();
                var again = await ImportAsync(second, file, name);

                Assert.True((Number(again, "refused"), Number(again, "created")) == (0, People), $"{form}, seed {seed}, {name}: {again.ToJsonString()}");
                Assert.Equal(await PeopleAsync(first), await PeopleAsync(second));
            }
        }
    }

    /// <summary>The people here are those of the table, value by value.</summary>
    private static async Task AssertIsWrittenAsync(CrmApp app, List<string[]> rows, string what)
    {
        var people = (await app.ListAsync("odata/influencers?$orderby=id&$top=1000")).Select(p => p!.AsObject()).ToList();
        for (var i = 0; i < rows.Count; i++)
        {
            foreach (var (heading, member) in new[] { ("Display name", "displayName"), ("First name", "firstName"), ("Last name", "lastName"), ("Kind", "kind"), ("Email", "email"), ("Country", "country"), ("City", "city"), ("Bio", "bio") })
            {
                // The apostrophe that an export puts before a formula is none of the text's own.
                var written = rows[i][Array.IndexOf(Headings, heading)];
                var said = written is ['\'', '=' or '+' or '-' or '@' or '\'', ..] ? written[1..] : written;
                Assert.True(said.Trim() == Text(people[i], member), $"{what}, row {i}, {heading}: “{said}” became “{Text(people[i], member)}”");
            }
        }
    }

    private static List<string[]> Rows(Random random, bool wide)
    {
        string One(params string[] of) => of[random.Next(of.Length)];
        string Any() => wide && random.Next(4) == 0 ? One(Wide) : One(Texts);
        var rows = new List<string[]>();
        for (var i = 0; i < People; i++)
        {
            var (first, last) = (One(FirstNames), One(LastNames));
            var notes = Any();
            rows.Add(
            [
                $"{first} {last}", first, last, One("journalist", "blogger", "expert", "creator", "stakeholder"),
                $"p{i}@example.org",
                random.Next(2) == 0 ? "" : $"+3314400{i:0000}", One("", "Le Journal", "L'Écho", "Radio \"Une\""), One("", "Reporter", "Rédactrice"), One("", "presse; énergie", "a; -b; 'c"),
                One("", "FR", "DE", "GB"), One("", "Paris", "Saint-Étienne"), One("", "fr", "en"), Any().Replace("-2", "", StringComparison.Ordinal).ReplaceLineEndings(" ").Replace('\t', ' ').Trim(), notes, One("", "", "", "asked by phone"),
            ]);
        }

        return rows;
    }

    private static byte[] Written(string form, List<string[]> rows)
    {
        if (form == "vcf")
        {
            return Encoding.UTF8.GetBytes(string.Concat(rows.Select(Card)));
        }

        if (form == "xlsx")
        {
            using var workbook = new MemoryStream();
            workbook.SaveAs(rows.Select(r => Headings.Zip(r).ToDictionary(c => c.First, c => (object)c.Second)));
            return workbook.ToArray();
        }

        var parts = form.Split(' ');
        var delimiter = parts[1][0];
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(parts[2]) ?? Encoding.GetEncoding(parts[2]);
        var text = new StringBuilder();
        foreach (var cells in rows.Prepend(Headings))
        {
            text.AppendJoin(delimiter, cells.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append("\r\n");
        }

        return [.. parts.Contains("bom") ? encoding.GetPreamble() : [], .. encoding.GetBytes(text.ToString())];
    }

    private static string Card(string[] row)
    {
        string Of(string heading) => row[Array.IndexOf(Headings, heading)].Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{Of("Last name")};{Of("First name")};;;\r\nFN:{Of("Display name")}\r\nEMAIL:{Of("Email")}\r\nTEL:{Of("Phone")}\r\nORG:{Of("Outlet")}\r\nTITLE:{Of("Function")}\r\nADR;TYPE=WORK:;;;{Of("City")};;;{Of("Country")}\r\nNOTE:{Of("Notes")}\r\nEND:VCARD\r\n");
    }

    /// <summary>The whole table; where a person is known from is all that may differ.</summary>
    private static async Task<string> PeopleAsync(CrmApp app)
    {
        var table = await app.Admin.GetStringAsync(new Uri("api/exports/influencers", UriKind.Relative), Ct);
        foreach (var name in new[] { "people.csv", "people.xlsx", "people.vcf", "again.csv", "again.xlsx" })
        {
            table = table.Replace($"import {name}", "", StringComparison.Ordinal);
        }

        return table;
    }

    private static async Task<JsonObject> ImportAsync(CrmApp app, byte[] file, string name)
    {
        using var response = await app.PostFileAsync(file, "?", name);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, text);
        return await app.EndAsync(JsonNode.Parse(text)!.AsObject());
    }
}
