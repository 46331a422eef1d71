using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Archives;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Host;

/// <summary><c>export-archive FILE</c> and <c>import-archive FILE</c>: the same as through the API.</summary>
internal static class ArchiveCommands
{
    /// <returns>0; 2 where the file cannot be written.</returns>
    public static async Task<int> ExportAsync(IServiceProvider services, string path, CancellationToken ct)
    {
        await using var scope = services.CreateProductScope();
        try
        {
            // A file that is there is not written over.
            await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous });
            var whole = false;
            try
            {
                var rows = await scope.ServiceProvider.GetRequiredService<WriteArchive>().ExecuteAsync(() => file, ct);
                await file.FlushAsync(ct);
                whole = true;
                Console.WriteLine($"{path}: {rows:N0} rows. It holds personal data, hashes of passwords and keys: keep it as safe as the database.");
                return 0;
            }
            finally
            {
                if (!whole)
                {
                    File.Delete(path);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{path}: {exception.Message}");
            return 2;
        }
    }

    /// <returns>0; 2 where the archive was not taken in.</returns>
    public static async Task<int> ImportAsync(IServiceProvider services, string path, CancellationToken ct)
    {
        await using var scope = services.CreateProductScope();
        try
        {
            await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Options = FileOptions.Asynchronous });
            var restored = await scope.ServiceProvider.GetRequiredService<RestoreArchive>().ExecuteAsync(file, ct);
            Console.WriteLine($"{path}: {restored.Rows:N0} rows of {restored.Tables} tables, as they were on {restored.WrittenAt:yyyy-MM-dd HH:mm} UTC. Sign in with an account of the archive.");
            if (restored.MessagesDue > 0)
            {
                Console.WriteLine($"  {restored.MessagesDue} mails wait to leave. They leave from here: the installation they come from must not run.");
            }

            if (restored.SecretsMissing > 0)
            {
                Console.WriteLine($"  {restored.SecretsMissing} passwords of sender accounts and secrets of webhooks are not in an archive: enter them again.");
            }

            return 0;
        }
        catch (Exception exception) when (exception is CrmError or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{path}: {exception.Message}");
            return 2;
        }
    }
}
