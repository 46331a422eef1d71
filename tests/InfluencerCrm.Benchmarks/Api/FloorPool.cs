using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>Open connections with the product's pragmas; each keeps its commands prepared, which the driver's own pool would drop.</summary>
internal sealed class FloorPool(string file)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ConcurrentBag<FloorConnection> _free = [];

    /// <summary>The statement without parameters that takes least, by trying.</summary>
    public string Fastest(params IEnumerable<string> statements)
    {
        var db = new FloorConnection(file);
        var fastest = statements.Select(sql => (Sql: sql, Took: Enumerable.Range(0, 4).Min(_ => Time(db, sql)))).MinBy(s => s.Took).Sql;
        _free.Add(db);
        return fastest;
    }

    public async Task Answer(HttpContext http, Action<FloorConnection, Utf8JsonWriter> write)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, Options);
        var db = _free.TryTake(out var free) ? free : new FloorConnection(file);
        try
        {
            write(db, json);
        }
        finally
        {
            _free.Add(db);
        }
    }

    public Task Text(HttpContext http, Func<FloorConnection, long> read)
    {
        http.Response.ContentType = "text/plain";
        var db = _free.TryTake(out var free) ? free : new FloorConnection(file);
        try
        {
            return http.Response.WriteAsync(read(db).ToString(CultureInfo.InvariantCulture));
        }
        finally
        {
            _free.Add(db);
        }
    }

    private static TimeSpan Time(FloorConnection db, string sql)
    {
        var watch = Stopwatch.StartNew();
        using var reader = db.Read(sql);
        while (reader.Read())
        {
        }

        return watch.Elapsed;
    }
}

/// <summary>Lives as long as the process.</summary>
internal sealed class FloorConnection : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = [];
    private readonly SqliteConnection _connection;

    public FloorConnection(string file)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        using var pragmas = _connection.CreateCommand();
        pragmas.CommandText = "PRAGMA busy_timeout=20000; PRAGMA mmap_size=268435456; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;";
        pragmas.ExecuteNonQuery();
    }

    public SqliteDataReader Read(string sql, params ReadOnlySpan<object> values) => Bound(sql, values).ExecuteReader();

    public long Single(string sql, params ReadOnlySpan<object> values) => (long)Bound(sql, values).ExecuteScalar()!;

    public void Dispose() => _connection.Dispose();

    private SqliteCommand Bound(string sql, ReadOnlySpan<object> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter($"@p{i}", values[i]));
            }

            command.Prepare();
            _commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command;
    }
}
