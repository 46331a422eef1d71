using Npgsql;

namespace InfluencerCrm.Benchmarks.Smtp;

/// <summary>Where a run finds its rows: a SQLite file, or a database of the PostgreSQL that the script has started. Each run works on a copy.</summary>
internal sealed record SmtpDatabase(string Provider, string ConnectionString)
{
    public static SmtpDatabase Sqlite(string file) => new("Sqlite", $"Data Source={file}");

    public static SmtpDatabase PostgreSql(string server, string name) => new("PostgreSql", new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString());

    public static async Task CreateAsync(string server, string name, string? template)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"DROP DATABASE IF EXISTS {name} WITH (FORCE)";
        await command.ExecuteNonQueryAsync();
        command.CommandText = $"CREATE DATABASE {name}{(template is null ? "" : $" TEMPLATE {template}")}";
        await command.ExecuteNonQueryAsync();
    }

    public async Task<SmtpDatabase> CopyAsync()
    {
        if (Provider == "Sqlite")
        {
            var file = ConnectionString["Data Source=".Length..];
            foreach (var end in new[] { "-wal", "-shm" })
            {
                File.Delete(file + ".run" + end);
            }

            File.Copy(file, file + ".run", overwrite: true);
            return Sqlite(file + ".run");
        }

        var connection = new NpgsqlConnectionStringBuilder(ConnectionString);
        var server = new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres" }.ToString();
        await CreateAsync(server, connection.Database + "_run", connection.Database);
        return PostgreSql(server, connection.Database + "_run");
    }
}
