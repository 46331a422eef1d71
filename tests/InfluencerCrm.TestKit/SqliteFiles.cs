using InfluencerCrm.Core.Data;
using InfluencerCrm.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.TestKit;

/// <summary>Files in the folder for temporary files.</summary>
internal sealed class SqliteFiles : TestServer
{
    public override IDatabaseProvider Provider { get; } = new SqliteProvider();

    public override bool IsConfigured => true;

    public override string ConnectionString(string name) => $"Data Source={PathOf(name)};Pooling=True";

    /// <summary>SQLite makes the file when it is opened.</summary>
    public override Task CreateAsync(string name) => Task.CompletedTask;

    public override Task DropAsync(string name)
    {
        ClosePooled(name);
        foreach (var part in new[] { "", "-wal", "-shm" })
        {
            File.Delete(PathOf(name) + part);
        }

        return Task.CompletedTask;
    }

    // The last connection to close has written the log back into the file, so the file alone is the whole database.
    protected override Task CopyAsync(string template, string name)
    {
        if (File.Exists(PathOf(template) + "-wal"))
        {
            throw new InvalidOperationException("The template is still open somewhere; a copy of its file would lack what is in its log.");
        }

        File.Copy(PathOf(template), PathOf(name));
        return Task.CompletedTask;
    }

    protected override void ClosePooled(string name)
    {
        // The pool goes by the connection string as the provider completes it.
        using var db = Open(name);
        using var connection = new SqliteConnection(db.Database.GetConnectionString());
        SqliteConnection.ClearPool(connection);
    }

    private static string PathOf(string name) => Path.Combine(Path.GetTempPath(), name + ".db");
}
