using System.Diagnostics;
using System.Globalization;
using InfluencerCrm.Core.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace InfluencerCrm.Api.Tests.Imports;

/// <summary>An import whose process is killed while it writes: no goodbye, no rollback but the database's own.</summary>
public sealed class KilledImportTests
{
    private const int Rows = 6000;

    public static TheoryData<string> Providers => [.. TestDatabase.Providers];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task TheNextHost_EndsItWithTheRowsOfAnUndisturbedRun(string provider)
    {
        var folder = Directory.CreateTempSubdirectory("influencercrm-killed-");
        try
        {
            var file = Path.Combine(folder.FullName, "people.csv");
            await File.WriteAllTextAsync(file, People(), Ct);
            await using var killed = await TestDatabase.CreateAsync(provider);
            await using var undisturbed = await TestDatabase.CreateAsync(provider);

            var processed = await KillAsync(killed, file, folder.FullName);
            Assert.InRange(processed, 1, Rows - 1);
            await using (await CrmApp.StartOnAsync(killed, Settings(folder.FullName), new FakeTimeProvider(TimeProvider.System.GetUtcNow() + 2 * ClaimImport.Lease)))
            {
                await WaitAsync(killed, job => job.Status != ImportStatus.Running);
            }

            using (var whole = Start(undisturbed, file, folder.FullName))
            {
                await whole.WaitForExitAsync(Ct);
                Assert.Equal(1, whole.ExitCode);
            }

            Assert.Equal(await WordsAsync(undisturbed), await WordsAsync(killed));
            Assert.Equal(await PeopleAsync(undisturbed), await PeopleAsync(killed));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>How many rows were committed when the process died.</returns>
    private static async Task<int> KillAsync(TestDatabase database, string file, string folder)
    {
        using var process = Start(database, file, folder);
        try
        {
            await WaitAsync(database, job => job.Processed >= 300);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        await using var db = database.Open();
        var job = await db.Imports.IgnoreQueryFilters().SingleAsync(Ct);
        Assert.Equal(ImportStatus.Running, job.Status);
        return job.Processed;
    }

    private static async Task WaitAsync(TestDatabase database, Func<ImportJob, bool> reached)
    {
        for (var round = 0; round < 6000; round++)
        {
            await using var db = database.Open();
            if (await db.Imports.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(Ct) is { } job && reached(job))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct);
        }

        Assert.Fail("The import did not get there in a minute.");
    }

    private static Process Start(TestDatabase database, string file, string folder)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "InfluencerCrm.Host"), ["import", file]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Settings(folder))
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        start.Environment["Database__Provider"] = database.Provider;
        start.Environment["ConnectionStrings__Crm"] = database.ConnectionString;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static Dictionary<string, string?> Settings(string folder) => new()
    {
        ["Imports:Folder"] = Path.Combine(folder, "uploads"),
        ["Imports:BatchRows"] = "50",
        ["Mail:FromAddress"] = "press@agency.example.org",
    };

    private static async Task<List<string>> WordsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var job = await db.Imports.IgnoreQueryFilters().SingleAsync(Ct);
        var words = await db.ImportRows.IgnoreQueryFilters().OrderBy(r => r.Line).Select(r => new { r.Line, r.Outcome, r.Code }).ToListAsync(Ct);
        return [$"{job.Status} {job.Processed} {job.Created} {job.Updated} {job.Unchanged} {job.Refused}", .. words.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Line} {w.Outcome} {w.Code}"))];
    }

    private static async Task<List<string>> PeopleAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var people = await db.Influencers.IgnoreQueryFilters().Include(i => i.ContactPoints).Include(i => i.Affiliations).ThenInclude(a => a.Outlet).AsNoTracking().AsSplitQuery().ToListAsync(Ct);
        return [.. people.Select(p => $"{p.DisplayName}|{p.Email}|{p.Phone}|{p.SearchText}|{string.Join(',', p.ContactPoints.Select(c => c.Value).Order(StringComparer.Ordinal))}|{string.Join(',', p.Affiliations.Select(a => $"{a.Outlet!.Name} {a.Function}"))}").Order(StringComparer.Ordinal)];
    }

    // Every fourth shares an address, every tenth comes again, every fiftieth is wrong.
    private static string People() =>
        "name,email,phone,outlet,function\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => i switch
        {
            _ when i % 50 == 49 => $"Naïve{i} Last,no address{i}@,,Le Journal,\n",
            _ when i % 10 == 9 => $"Zoé{i - 9} Last,p{i - 9}@example.org,+33 1 20 {i / 10_000:00} {i / 100 % 100:00} {i % 100:00},Le Journal,Reporter\n",
            _ when i % 4 == 3 => $"Zoé{i} Last,redaction@example.org,,L’Écho {i % 7},\n",
            _ => $"Zoé{i} Last,p{i}@example.org,+33 1 10 {i / 10_000:00} {i / 100 % 100:00} {i % 100:00},L’Écho {i % 7},Pigiste\n",
        }));
}
