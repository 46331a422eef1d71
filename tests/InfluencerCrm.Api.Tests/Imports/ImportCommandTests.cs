using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Imports;

/// <summary>Imports by the command line, as processes of their own.</summary>
public sealed class ImportCommandTests
{
    public static TheoryData<string> Providers => [.. TestDatabase.Providers];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task OutletsComeInAndGoAgain(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);

        var (code, said) = await RunAsync(database, "Média;Type\nLe Soir de Lyon;quotidien\nRadio Plus;radio\n", ["--kind", "outlets"]);
        await using var db = database.Open();
        var job = await db.Imports.IgnoreQueryFilters().AsNoTracking().SingleAsync(Ct);

        Assert.Equal((0, "2 created"), (code, said.Contains("2 created", StringComparison.Ordinal) ? "2 created" : said));
        Assert.Equal(2, await db.Outlets.IgnoreQueryFilters().CountAsync(Ct));

        var (reverted, word) = await RunAsync(database, null, ["revert-import", $"{job.Id}"]);

        Assert.Equal((0, "2 rows taken back"), (reverted, word.Contains("2 rows taken back", StringComparison.Ordinal) ? "2 rows taken back" : word));
        Assert.Equal(0, await db.Outlets.IgnoreQueryFilters().CountAsync(Ct));
        Assert.Equal(2, (await RunAsync(database, null, ["revert-import", $"{job.Id}"])).Code);
    }

    [Fact]
    public async Task ANationalPhoneNumber_IsOfTheAgencysCountry_UnlessTheRowNamesOne()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Providers[0]);

        var (code, said) = await RunAsync(database, "Name,Email,Phone,Country\nAnn One,ann@example.org,01 70 18 99 00,\nBea Two,bea@example.org,020 7946 0018,GB\n", [], ("Agency__Country", "fr"));

        Assert.True(code == 0, said);
        await using var db = database.Open();
        Assert.Equal(["+33170189900", "+442079460018"], (await db.Influencers.IgnoreQueryFilters().OrderBy(i => i.Id).Select(i => i.Phone).ToListAsync(Ct)).Select(p => p!.Replace(" ", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("--kind takes influencers, outlets, coverage, suppressions.", "import", "people.csv", "--kind", "people")]
    [InlineData("revert-import takes the number of an import.", "revert-import", "last")]
    [InlineData("there is no preset \"Ours\"", "import", "{file}", "--preset", "Ours")]
    [InlineData("Agency__Country is no ISO 3166-1", "import", "{file}", "--Agency:Country=Gaul")]
    public async Task AWrongWord_IsSaid(string expected, params string[] words)
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Providers[0]);

        var (code, said) = await RunAsync(database, words.Contains("{file}") ? "Name\nAnn One\n" : null, [.. words.Where(w => w is not ("import" or "{file}") || !words.Contains("{file}"))]);

        Assert.NotEqual(0, code);
        Assert.Contains(expected, said, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(int Code, string Said)> RunAsync(TestDatabase database, string? people, string[] words, params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("influencercrm-command-");
        try
        {
            if (people is not null)
            {
                var file = Path.Combine(folder.FullName, "rows.csv");
                await File.WriteAllTextAsync(file, people, Ct);
                words = ["import", file, .. words];
            }

            var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "InfluencerCrm.Host"), words) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["Database__Provider"] = database.Provider;
            start.Environment["ConnectionStrings__Crm"] = database.ConnectionString;
            start.Environment["Imports__Folder"] = Path.Combine(folder.FullName, "uploads");
            start.Environment["Mail__FromAddress"] = "press@agency.example.org";
            foreach (var (name, value) in settings)
            {
                start.Environment[name] = value;
            }

            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(Ct);
            var error = process.StandardError.ReadToEndAsync(Ct);
            await process.WaitForExitAsync(Ct);
            return (process.ExitCode, await output + await error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
