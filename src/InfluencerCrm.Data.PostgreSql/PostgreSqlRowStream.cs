using InfluencerCrm.Core.Data;
using Npgsql;
using NpgsqlTypes;

namespace InfluencerCrm.Data.PostgreSql;

/// <summary>A binary COPY. A statement of as many rows has a parameter for each value, which both sides look at one by one before the first row is written.</summary>
internal sealed class PostgreSqlRowStream : IRowStream
{
    private readonly NpgsqlBinaryImporter _importer;
    private readonly NpgsqlDbType[] _types;
    private int _column;

    private PostgreSqlRowStream(NpgsqlBinaryImporter importer, NpgsqlDbType[] types) => (_importer, _types) = (importer, types);

    public static async Task<IRowStream> OpenAsync(NpgsqlConnection connection, StreamedColumns columns, CancellationToken ct)
    {
        // COPY converts nothing: each value must come in the very type of its column, which the mapping tells its parameters.
        await using var command = connection.CreateCommand();
        var types = columns.Mappings.Select(m => ((NpgsqlParameter)m.CreateParameter(command, "p", null)).NpgsqlDbType).ToArray();
        return new PostgreSqlRowStream(await connection.BeginBinaryImportAsync($"COPY {columns.Sql} FROM STDIN (FORMAT BINARY)", ct), types);
    }

    public Task BeginRowAsync(CancellationToken ct)
    {
        _column = 0;
        return _importer.StartRowAsync(ct);
    }

    public Task WriteAsync(object? value, CancellationToken ct)
    {
        var type = _types[_column++];
        return value switch
        {
            null => _importer.WriteNullAsync(ct),
            string text => _importer.WriteAsync(text, type, ct),
            int number => _importer.WriteAsync(number, type, ct),
            long number => _importer.WriteAsync(number, type, ct),
            bool truth => _importer.WriteAsync(truth, type, ct),
            DateTime time => _importer.WriteAsync(time, type, ct),
            Guid guid => _importer.WriteAsync(guid, type, ct),
            _ => _importer.WriteAsync(value, type, ct),
        };
    }

    public async Task CompleteAsync(CancellationToken ct) => await _importer.CompleteAsync(ct);

    public ValueTask DisposeAsync() => _importer.DisposeAsync();
}
