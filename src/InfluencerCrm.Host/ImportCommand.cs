using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Imports;
using InfluencerCrm.Core.Imports.Reverting;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Host;

/// <summary><c>import FILE</c> and <c>revert-import ID</c>: the same as through the API, in the foreground.</summary>
internal static class ImportCommand
{
    private const int ShownRows = 10;

    /// <returns>0; 1 where rows were refused; 2 where the file cannot be read.</returns>
    public static async Task<int> RunAsync(IServiceProvider services, CommandLine line, CancellationToken ct)
    {
        var path = line.File!;
        await using var scope = services.CreateProductScope();
        ImportJob? job = null;
        try
        {
            await using (var file = File.OpenRead(path))
            {
                job = await scope.ServiceProvider.GetRequiredService<StartImport>().ExecuteAsync(
                    new StartImportRequest { FileName = Path.GetFileName(path), Kind = line.Kind, DryRun = line.DryRun, Preset = line.Preset, Claimed = true }, file, ct);
            }

            job = await scope.ServiceProvider.GetRequiredService<RunImport>().ExecuteAsync(job, Show, ct);
        }
        catch (Exception exception) when (exception is CrmError or IOException or UnauthorizedAccessException && job is null)
        {
            await Console.Error.WriteLineAsync($"{path}: {exception.Message}");
            return 2;
        }
        catch (OperationCanceledException) when (job is not null)
        {
            await scope.ServiceProvider.GetRequiredService<CancelImport>().ExecuteAsync(job.Id, CancellationToken.None);
            await Console.Error.WriteLineAsync($"\nCancelled. The rows imported so far stay; importing the file again goes on without doubles.");
            return 2;
        }

        return await SumUpAsync(scope.ServiceProvider.GetRequiredService<CrmDbContext>(), job, ct);
    }

    /// <returns>0; 1 where something stays because it was changed or used since; 2 where the import cannot be taken back.</returns>
    public static async Task<int> RevertAsync(IServiceProvider services, int id, CancellationToken ct)
    {
        await using var scope = services.CreateProductScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<RevertImport>().ExecuteAsync(id, ct);
            if (await scope.ServiceProvider.GetRequiredService<ClaimImport>().ExecuteAsync(id, ct) is not { } claimed)
            {
                Console.WriteLine($"The server that is running takes import {id} back; see /odata/imports({id}).");
                return 0;
            }

            var job = await scope.ServiceProvider.GetRequiredService<RunRevert>().ExecuteAsync(claimed, ct);
            Console.WriteLine($"{job.FileName}: {job.Undone} rows taken back, {job.Kept} kept. Every row's word: /odata/imports({job.Id})/rows.");
            return job.Kept > 0 ? 1 : 0;
        }
        catch (CrmError error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 2;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Stopped. The next server to start goes on with taking import {id} back.");
            return 2;
        }
    }

    private static async Task<int> SumUpAsync(CrmDbContext db, ImportJob job, CancellationToken ct)
    {
        if (!Console.IsOutputRedirected && job.Processed > 0)
        {
            Console.WriteLine();
        }

        Console.WriteLine($"{job.FileName}: {job.Processed} rows{(job.DryRun ? " (dry run, nothing was changed)" : "")}: {job.Created} created, {job.Updated} updated, {job.Unchanged} unchanged, {job.Refused} refused.");
        foreach (var row in await db.ImportRows.Where(r => r.ImportId == job.Id && r.Outcome == ImportOutcome.Refused).OrderBy(r => r.Line).Take(ShownRows).ToListAsync(ct))
        {
            Console.WriteLine($"  line {row.Line}: {row.Message}");
        }

        Console.WriteLine(job.Refused > 0
            ? $"Every row's word: /odata/imports({job.Id})/rows. The refused rows as a file: /api/imports/{job.Id}/rejected."
            : $"Every row's word: /odata/imports({job.Id})/rows.");
        if (job.Status != ImportStatus.Completed)
        {
            await Console.Error.WriteLineAsync(job.Error ?? $"The import is {job.Status}.");
            return 2;
        }

        return job.Refused > 0 ? 1 : 0;
    }

    private static void Show(ImportProgress progress)
    {
        if (!Console.IsOutputRedirected)
        {
            Console.Write($"\r  {progress.Processed:N0} of {progress.Total:N0} rows");
        }
    }
}
