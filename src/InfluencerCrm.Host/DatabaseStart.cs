using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Host;

/// <summary>Brings the database to this version's schema before anything reads it.</summary>
internal static partial class DatabaseStart
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="asked">True for the <c>migrate</c> command.</param>
    public static async Task PrepareAsync(IServiceProvider services, bool asked, CancellationToken ct)
    {
        var provider = services.GetRequiredService<IDatabaseProvider>();
        var options = services.GetRequiredService<DatabaseOptions>();
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("InfluencerCrm.Database");
        await using var scope = services.CreateProductScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        var pending = (await PendingAsync(db, provider, ct)).ToList();
        if (pending.Count == 0)
        {
            return;
        }

        if (!asked && !provider.IsEmbedded && !options.MigrateOnStart)
        {
            throw new StartProblem($"The {provider.Name} database lacks {pending.Count} migration(s), first {pending[0]}. Run the command \"migrate\", or set Database__MigrateOnStart=true.");
        }

        Migrating(log, pending.Count, provider.Name);

        // A process that was killed while migrating leaves EF's lock table behind on SQLite, and the next start would wait for ever.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await db.Database.MigrateAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new StartProblem($"The migrations did not end within {Patience.TotalMinutes} minutes. If no other process is migrating, one was killed in the middle: delete the row of the table __EFMigrationsLock and start again.");
        }
    }

    private static async Task<IEnumerable<string>> PendingAsync(CrmDbContext db, IDatabaseProvider provider, CancellationToken ct)
    {
        try
        {
            return await db.Database.GetPendingMigrationsAsync(ct);
        }
        catch (System.Data.Common.DbException exception)
        {
            throw new StartProblem($"The {provider.Name} database does not answer: {exception.Message}");
        }
    }

    [LoggerMessage(EventId = 2000, Level = LogLevel.Information, Message = "Running {Count} migration(s) on {Provider}")]
    private static partial void Migrating(ILogger logger, int count, string provider);
}
