using InfluencerCrm.Core.Access;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Data;

/// <summary>A send intent that a power cut forgets would be a mail sent twice: each connection must be told to write through.</summary>
public sealed class SqlitePragmasTests : DatabaseTest
{
    [Fact]
    public async Task EveryConnection_HasThem_NewOrFromThePool()
    {
        var handles = new List<nint>();
        for (var round = 0; round < 3; round++)
        {
            await using var first = Database.As(Actor.System);
            await using var second = Database.As(Actor.System);
            await first.Db.Database.OpenConnectionAsync(Ct);
            await second.Db.Database.OpenConnectionAsync(Ct);

            foreach (var scope in new[] { first, second })
            {
                Assert.Equal("wal", await PragmaAsync(scope, "journal_mode"));
                Assert.Equal("2", await PragmaAsync(scope, "synchronous"));
                Assert.Equal("1", await PragmaAsync(scope, "foreign_keys"));
                Assert.InRange(int.Parse(await PragmaAsync(scope, "busy_timeout"), System.Globalization.CultureInfo.InvariantCulture), 1, int.MaxValue);
                handles.Add(((Microsoft.Data.Sqlite.SqliteConnection)scope.Db.Database.GetDbConnection()).Handle!.DangerousGetHandle());

                // What somebody else left on a pooled connection must not stay.
                await PragmaAsync(scope, "synchronous=OFF");
                await PragmaAsync(scope, "foreign_keys=OFF");
            }
        }

        Assert.True(handles.Distinct().Count() < handles.Count, "No connection came from the pool, so this showed only new ones.");
    }

    private static async Task<string> PragmaAsync(CrmScope scope, string pragma)
    {
        await using var command = scope.Db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {pragma}";
        return Convert.ToString(await command.ExecuteScalarAsync(Ct), System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }
}
