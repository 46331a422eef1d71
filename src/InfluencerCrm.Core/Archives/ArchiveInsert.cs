using System.Data.Common;
using System.Globalization;
using System.Text;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using IDatabaseProvider = InfluencerCrm.Core.Data.IDatabaseProvider;

namespace InfluencerCrm.Core.Archives;

/// <summary>
/// Writes rows of one table with the keys, versions and times they came with, on the context's open transaction. Saving through the context
/// would draw new ones.
/// </summary>
internal sealed class ArchiveInsert : IAsyncDisposable
{
    private const int MostRows = 100;

    private const int MostParameters = 1500;

    private readonly CrmDbContext _db;
    private readonly ArchiveTable _table;
    private readonly ISqlGenerationHelper _sql;
    private readonly List<(ArchiveColumn Column, int Index)> _now;
    private readonly List<(ArchiveColumn Column, int Index)> _later;
    private readonly List<(ArchiveColumn Column, int Index)> _keys;
    private readonly int _rowsPerStatement;
    private readonly List<object?[]> _pending = [];
    private DbCommand? _insert;
    private DbCommand? _update;

    public ArchiveInsert(CrmDbContext db, IDatabaseProvider provider, ArchiveTable table)
    {
        (_db, _table, _sql) = (db, table, db.GetService<ISqlGenerationHelper>());
        var all = table.Columns.Select((c, i) => (Column: c, Index: i)).ToList();
        (_now, _later, _keys) = (all.FindAll(c => !c.Column.Later), all.FindAll(c => c.Column.Later), all.FindAll(c => c.Column.Property.IsPrimaryKey()));

        // A statement costs no trip in process; and whole files are not gathered.
        var files = table.Columns.Any(c => c.Property.ClrType == typeof(byte[]) && c.Property.GetMaxLength() is null or > 1000);
        _rowsPerStatement = provider.IsEmbedded || files ? 1 : Math.Clamp(MostParameters / _now.Count, 1, MostRows);
    }

    /// <summary>The row without the members that come later.</summary>
    public async Task AddAsync(object?[] row, CancellationToken ct)
    {
        _pending.Add([.. row]);
        if (_pending.Count == _rowsPerStatement)
        {
            _insert ??= await PreparedAsync(InsertOf(_rowsPerStatement), ct);
            await WriteAsync(_insert, ct);
        }
    }

    /// <summary>What is still waiting.</summary>
    public async Task EndAsync(CancellationToken ct)
    {
        if (_pending.Count > 0)
        {
            await using var rest = InsertOf(_pending.Count);
            await WriteAsync(rest, ct);
        }
    }

    /// <summary>The members that come later, of a row that is there.</summary>
    public async Task CompleteAsync(object?[] row, CancellationToken ct)
    {
        if (_later.TrueForAll(c => row[c.Index] is null))
        {
            return;
        }

        _update ??= await PreparedAsync(UpdateOf(), ct);
        var parameter = 0;
        foreach (var (column, index) in _later.Concat(_keys))
        {
            _update.Parameters[parameter++].Value = Stored(column, row[index]);
        }

        await _update.ExecuteNonQueryAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_insert is not null)
        {
            await _insert.DisposeAsync();
        }

        if (_update is not null)
        {
            await _update.DisposeAsync();
        }
    }

    private async Task WriteAsync(DbCommand command, CancellationToken ct)
    {
        var parameter = 0;
        foreach (var row in _pending)
        {
            foreach (var (column, index) in _now)
            {
                command.Parameters[parameter++].Value = Stored(column, row[index]);
            }
        }

        await command.ExecuteNonQueryAsync(ct);
        _pending.Clear();
    }

    private static object Stored(ArchiveColumn column, object? value) =>
        (value is null ? null : column.Property.GetRelationalTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value) ?? DBNull.Value;

    private async Task<DbCommand> PreparedAsync(DbCommand command, CancellationToken ct)
    {
        // SqlClient wants a size for each text before it prepares.
        if (_db.Database.ProviderName?.EndsWith("SqlServer", StringComparison.Ordinal) != true)
        {
            await command.PrepareAsync(ct);
        }

        return command;
    }

    private DbCommand InsertOf(int rows)
    {
        var command = New();
        var values = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            values.Append(row == 0 ? "(" : ", (").AppendJoin(", ", _now.Select(c => Parameter(command, c.Column))).Append(')');
        }

#pragma warning disable CA2100 // Names of tables and columns come from the model.
        command.CommandText = $"INSERT INTO {Table} ({string.Join(", ", _now.Select(c => Name(c.Column)))}) VALUES {values}";
#pragma warning restore CA2100
        return command;
    }

    private DbCommand UpdateOf()
    {
        var command = New();
        var set = string.Join(", ", _later.ConvertAll(c => $"{Name(c.Column)} = {Parameter(command, c.Column)}"));
#pragma warning disable CA2100 // Names of tables and columns come from the model.
        command.CommandText = $"UPDATE {Table} SET {set} WHERE {string.Join(" AND ", _keys.ConvertAll(c => $"{Name(c.Column)} = {Parameter(command, c.Column)}"))}";
#pragma warning restore CA2100
        return command;
    }

    private string Table => _sql.DelimitIdentifier(_table.Table, _table.Entity.GetSchema());

    private string Name(ArchiveColumn column) => _sql.DelimitIdentifier(column.Column);

    private DbCommand New()
    {
        var transaction = _db.Database.CurrentTransaction!.GetDbTransaction();
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        return command;
    }

    private string Parameter(DbCommand command, ArchiveColumn column)
    {
        var name = _sql.GenerateParameterName(string.Create(CultureInfo.InvariantCulture, $"p{command.Parameters.Count}"));
        command.Parameters.Add(column.Property.GetRelationalTypeMapping().CreateParameter(command, name, null, column.Property.IsNullable));
        return name;
    }
}
