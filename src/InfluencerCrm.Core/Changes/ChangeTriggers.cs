using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Changes;

/// <summary>
/// Makes the database write the changes. Triggers, because rows are written in many ways (saving, bulk inserts and updates, cascades,
/// an operator's own SQL), and a feed that misses one of them is wrong for ever; and because a set-based write costs next to nothing there.
/// They are no part of a migration: EF rebuilds a SQLite table to alter it, which silently drops its triggers, so they are made
/// anew whenever migrations have run. A change of their text therefore comes with a migration.
/// </summary>
public static class ChangeTriggers
{
    /// <param name="statements">The statements that make, or make anew, the triggers of a table.</param>
    public static void Use(DbContextOptionsBuilder options, Func<FollowedTable, IEnumerable<string>> statements)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(statements);
#pragma warning disable EF1002 // Names of tables and columns come from the model.
        options.UseAsyncSeeding(async (db, _, ct) =>
        {
            foreach (var statement in Of(db.Model, statements))
            {
                await db.Database.ExecuteSqlRawAsync(statement, ct);
            }
        });

        // For dotnet-ef, which migrates synchronously.
        options.UseSeeding((db, _) =>
        {
            foreach (var statement in Of(db.Model, statements))
            {
                db.Database.ExecuteSqlRaw(statement);
            }
        });
#pragma warning restore EF1002
    }

    public static IEnumerable<string> Of(IModel model, Func<FollowedTable, IEnumerable<string>> statements) =>
        FollowedSet.All.Select(s => s.TableIn(model)).SelectMany(statements);
}
