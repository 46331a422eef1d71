using System.Globalization;
using System.Text;
using InfluencerCrm.Core.Imports.Reading;
using MiniExcelLibs;

namespace InfluencerCrm.Benchmarks;

/// <summary>A contact file as an agency has it: twelve columns, accents, one row in twenty a repetition, one in two hundred wrong.</summary>
internal static class ContactCsv
{
    private static readonly string[] FirstNames = ["Zoé", "Anne-Laure", "Jérôme", "Marie", "François", "Héloïse", "Jean", "Chloé", "Ulrich", "Saïd", "Noëlle", "Paul", "Inès", "Björn", "Aïcha", "Thomas"];
    private static readonly string[] LastNames = ["Lefèvre", "Le Goff", "Dupont", "Müller", "Garçon", "de la Tour", "Nguyen", "Péchard", "O'Brien", "Benoît", "Martin", "Løvås", "Bérénger", "Durand", "Haddad", "Señor"];
    private static readonly string[] Functions = ["Journaliste", "Rédactrice en chef", "Pigiste", "Chef de rubrique", "Reporter", "Chroniqueuse"];
    private static readonly string[] Cities = ["Paris", "Lyon", "Genève", "Bruxelles", "Montréal", "Besançon", "Nîmes", "London"];
    private static readonly string[] Countries = ["FR", "France", "Suisse", "BE", "Canada", "FR", "FR", "United Kingdom"];
    public static readonly string[] Topics = ["Énergie", "Climat", "Santé", "Économie", "Culture", "Transports", "Agriculture", "Numérique"];

    /// <summary>The same rows as an Excel workbook.</summary>
    public static async Task WriteWorkbookAsync(string csv, string path)
    {
        await using var source = File.OpenRead(csv);
        await using var reader = await TableFile.OpenAsync(source, TableFormat.Csv, TableLimits.Default, default);
        await MiniExcel.SaveAsAsync(path, Rows(reader));

        static IEnumerable<IDictionary<string, object>> Rows(ITableReader reader) =>
            reader.ReadRowsAsync(default).ToBlockingEnumerable().Select(row =>
                (IDictionary<string, object>)reader.Headings.Zip(row.Cells).ToDictionary(c => c.First, c => (object)c.Second, StringComparer.Ordinal));
    }

    public static void Write(string path, int rows)
    {
        var random = new Random(20_26);
        using var csv = new StreamWriter(path, false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        csv.WriteLine("First name,Last name,Email,Phone,Outlet,Function,Topics,Country,City,Language,Tags,Notes");
        for (var i = 0; i < rows; i++)
        {
            var person = i > 100 && random.Next(20) == 0 ? random.Next(i) : i;
            var of = new Random(person);
            var (first, last) = (FirstNames[of.Next(FirstNames.Length)], LastNames[of.Next(LastNames.Length)]);
            var email = random.Next(200) == 0 ? $"person {person}@example" : string.Create(CultureInfo.InvariantCulture, $"p{of.Next(1_000_000):x}.{person}@outlet{person % 900}.example.org");
            csv.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{first},{last},{email},+33 1 {person / 10_000 % 100:00} {person / 100 % 100:00} {person % 100:00} 00,L’Écho n° {person % 900},{Functions[of.Next(Functions.Length)]},{Topics[of.Next(Topics.Length)]}; {Topics[of.Next(Topics.Length)]},{Countries[of.Next(Countries.Length)]},{Cities[of.Next(Cities.Length)]},fr,presse; vu {of.Next(2015, 2026)},\"Rencontrée à la conférence, à relancer\""));
        }
    }
}
