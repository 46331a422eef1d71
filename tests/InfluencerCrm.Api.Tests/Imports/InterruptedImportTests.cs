using System.Text;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Imports;
using InfluencerCrm.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Api.Tests.Imports;

/// <summary>An import that a stop of the host cuts off between two batches.</summary>
public sealed class InterruptedImportTests
{
    private const int Rows = 300;

    public static TheoryData<string> Providers => [.. TestDatabase.Providers];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task AnInterruptedImport_GoesOnAndEndsAsIfNothingHadBeen(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await BuildAsync(database);
        var counts = await InterruptAsync(app, Encoding.UTF8.GetBytes(People()), batches: 5);

        await using var scope = Scope(app);
        var job = await scope.ServiceProvider.GetRequiredService<RunImport>().ExecuteAsync(
            (await scope.ServiceProvider.GetRequiredService<ClaimImport>().ExecuteAsync(Ct))!, null, Ct);

        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        Assert.Equal([20, 40, 60, 80, 100], counts);
        Assert.Equal((ImportStatus.Completed, Rows, Rows), (job.Status, job.Processed, job.Created));
        Assert.Equal(Rows, await db.Influencers.CountAsync(Ct));
        Assert.Equal(Enumerable.Range(2, Rows), await db.ImportRows.OrderBy(r => r.Line).Select(r => r.Line).ToListAsync(Ct));
    }

    [Fact]
    public async Task ACancelledImport_StopsAndKeepsWhatItHasWritten()
    {
        await using var database = await TestDatabase.CreateAsync("Sqlite");
        await using var app = await BuildAsync(database);
        await InterruptAsync(app, Encoding.UTF8.GetBytes(People()), batches: 2);

        await using var scope = Scope(app);
        var cancelled = await scope.ServiceProvider.GetRequiredService<CancelImport>().ExecuteAsync(1, Ct);

        Assert.Equal((ImportStatus.Cancelled, 40), (cancelled.Status, cancelled.Created));
        Assert.Null(await scope.ServiceProvider.GetRequiredService<ClaimImport>().ExecuteAsync(Ct));
    }

    /// <returns>What a second reader saw as processed after each batch.</returns>
    private static async Task<List<int>> InterruptAsync(WebApplication app, byte[] file, int batches)
    {
        var seen = new List<int>();
        await using var scope = Scope(app);
        using var upload = new MemoryStream(file);
        var job = await scope.ServiceProvider.GetRequiredService<StartImport>().ExecuteAsync(new StartImportRequest { FileName = "people.csv", Claimed = true }, upload, Ct);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scope.ServiceProvider.GetRequiredService<RunImport>().ExecuteAsync(
            job,
            progress =>
            {
                seen.Add(progress.Processed);
                if (seen.Count == batches)
                {
                    stop.Cancel();
                }
            },
            stop.Token));
        await using var reader = Scope(app);
        var stored = await reader.ServiceProvider.GetRequiredService<CrmDbContext>().Imports.SingleAsync(Ct);
        Assert.Equal((seen[^1], Rows, ImportStatus.Running), (stored.Processed, stored.Total, stored.Status));
        return seen;
    }

    private static string People() =>
        "name,email,outlet\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => i % 4 == 0 ? $"Name{i} Last,redaction@example.org,Le Journal\n" : $"Name{i} Last,p{i}@example.org,Le Journal\n"));

    private static AsyncServiceScope Scope(WebApplication app)
    {
        var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(Actor.System);
        return scope;
    }

    private static Task<WebApplication> BuildAsync(TestDatabase database) => CrmHost.BuildAsync(
    [
        $"--Database:Provider={database.Provider}", "--Database:MigrateOnStart=true", $"--ConnectionStrings:Crm={database.ConnectionString}", "--Imports:BatchRows=20",
        $"--Imports:Folder={Path.Combine(Path.GetTempPath(), $"imports-{Guid.NewGuid():N}")}", "--Mail:FromAddress=press@agency.example.org",
    ]);
}
