using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Data;

/// <summary>
/// What EF's model cannot say and a database keeps beside it: triggers, indexes inside texts. It is no part of a migration: EF rebuilds
/// a SQLite table to alter it, which silently drops its triggers, so it is made anew whenever migrations have run. A change of these
/// statements therefore comes with a migration.
/// </summary>
public static class AfterMigrating
{
    /// <param name="statements">Each may run again on a database that has what it makes.</param>
    public static void Run(DbContextOptionsBuilder options, Func<IModel, IEnumerable<string>> statements)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(statements);
#pragma warning disable EF1002 // Names of tables and columns come from the model.
        options.UseAsyncSeeding(async (db, _, ct) =>
        {
            var usual = Patiently(db);
            foreach (var statement in statements(db.Model))
            {
                await db.Database.ExecuteSqlRawAsync(statement, ct);
            }

            db.Database.SetCommandTimeout(usual);
        });

        // For dotnet-ef, which migrates synchronously.
        options.UseSeeding((db, _) =>
        {
            var usual = Patiently(db);
            foreach (var statement in statements(db.Model))
            {
                db.Database.ExecuteSqlRaw(statement);
            }

            db.Database.SetCommandTimeout(usual);
        });
#pragma warning restore EF1002
    }

    // An index over the texts of a million rows takes longer than a statement usually may.
    private static int? Patiently(DbContext db)
    {
        var usual = db.Database.GetCommandTimeout();
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        return usual;
    }
}
