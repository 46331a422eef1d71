using System.Diagnostics;
using System.Globalization;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Imports;
using InfluencerCrm.Core.Topics;
using InfluencerCrm.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Benchmarks;

/// <summary>The product's import from upload to finished job, in a process of its own.</summary>
internal static class ImportedByProduct
{
    /// <summary>A database with the product's schema, by its migrations, and a few topics.</summary>
    public static async Task<int> PrepareAsync(string file)
    {
        await using var app = await BuildAsync(file);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(Actor.System);
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        db.AddRange(ContactCsv.Topics.Select(t => new Topic(t)));
        await db.SaveChangesAsync();
        return 0;
    }

    public static async Task<int> RunAsync(string csv, string file)
    {
        await using var app = await BuildAsync(file);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(Actor.System);
        var before = Memory.Now();
        using var peak = new PeakMemory();
        var watch = Stopwatch.StartNew();
        ImportJob job;
        await using (var upload = File.OpenRead(csv))
        {
            job = await scope.ServiceProvider.GetRequiredService<StartImport>().ExecuteAsync(new StartImportRequest { FileName = Path.GetFileName(csv), Claimed = true }, upload, default);
        }

        job = await scope.ServiceProvider.GetRequiredService<RunImport>().ExecuteAsync(job, null, default);
        var seconds = watch.Elapsed.TotalSeconds;
        var most = peak.Most();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{job.Processed} {seconds:0.000} {(most.Private - before.Private) >> 20} {(most.Resident - before.Resident) >> 20}"));
        return job.Status == ImportStatus.Completed ? 0 : 1;
    }

    private static Task<WebApplication> BuildAsync(string file) => CrmHost.BuildAsync(
    [
        $"--ConnectionStrings:Crm=Data Source={file}", $"--Imports:Folder={file}.uploads", "--Logging:LogLevel:Default=Warning", "--Urls=http://127.0.0.1:0", "--Mail:FromAddress=press@agency.example.org",
    ]);
}
