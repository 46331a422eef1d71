using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace InfluencerCrm.Core.Data;

/// <summary>The statements of a <see cref="BulkInsert{T}"/>, in the words of the context's database.</summary>
internal sealed class BulkInsertText
{
    private readonly BulkInsertPlan _plan;
    private readonly ISqlGenerationHelper _sql;
    private readonly Dialect _dialect;
    private readonly bool _readKeys;
    private readonly string _table;
    private readonly string _columns;

    public BulkInsertText(DbContext db, BulkInsertPlan plan, bool readKeys)
    {
        (_plan, _readKeys) = (plan, readKeys);
        _sql = db.GetService<ISqlGenerationHelper>();
        _dialect = db.Database.ProviderName switch
        {
            { } name when name.EndsWith("Sqlite", StringComparison.Ordinal) => Dialect.Sqlite,
            { } name when name.EndsWith("SqlServer", StringComparison.Ordinal) => Dialect.SqlServer,
            { } name when name.Contains("Npgsql", StringComparison.Ordinal) => Dialect.PostgreSql,
            var name => throw new NotSupportedException($"Bulk insert does not know the provider {name}."),
        };
        _table = _sql.DelimitIdentifier(plan.Table, plan.Schema);
        _columns = string.Join(", ", plan.Columns.Select(c => _sql.DelimitIdentifier(c.Name)));
        Target = new StreamedColumns($"{_table} ({_columns})", [.. plan.Columns.Select(c => c.Mapping)]);
    }

    private enum Dialect
    {
        Sqlite,
        SqlServer,
        PostgreSql,
    }

    /// <summary>Rows that one statement is best made for.</summary>
    public int MostRows => _dialect switch
    {
        // In process: a statement costs no trip, and binding by name gets slower with each parameter (measured).
        Dialect.Sqlite => 1,
        Dialect.SqlServer => Math.Clamp(2000 / _plan.Columns.Count, 1, 1000),
        _ => Math.Clamp(10_000 / _plan.Columns.Count, 1, 500),
    };

    // SqlClient wants a size for each text before it prepares; the server caches the plan of a parameterised text anyhow.
    public bool IsPreparable => _dialect != Dialect.SqlServer;

    /// <summary>The table and its columns, for an <see cref="IRowStream"/>.</summary>
    public StreamedColumns Target { get; }

    /// <summary>One row, whose parameters have no names.</summary>
    public string OfPositions() => $"INSERT INTO {_table} ({_columns}) VALUES ({string.Join(", ", _plan.Columns.Select(_ => "?"))})";

    /// <summary>So many rows, with a parameter for each of their values, in order.</summary>
    public DbCommand Command(int rows, DbConnection connection, DbTransaction? transaction)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        var values = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            values.Append(row == 0 ? "(" : ", (");
            for (var i = 0; i < _plan.Columns.Count; i++)
            {
                var column = _plan.Columns[i];
                var name = _sql.GenerateParameterName(string.Create(CultureInfo.InvariantCulture, $"p{row * _plan.Columns.Count + i}"));
                values.Append(i == 0 ? "" : ", ").Append(name);
                command.Parameters.Add(column.Mapping.CreateParameter(command, name, null, column.IsNullable));
            }

            if (_dialect == Dialect.SqlServer && _readKeys)
            {
                values.Append(CultureInfo.InvariantCulture, $", {row}");
            }

            values.Append(')');
        }

        command.CommandText = Statement(values.ToString());
        return command;
    }

    private string Statement(string values)
    {
        if (!_readKeys)
        {
            return $"INSERT INTO {_table} ({_columns}) VALUES {values}";
        }

        var key = _sql.DelimitIdentifier(_plan.KeyColumn!);
        if (_dialect != Dialect.SqlServer)
        {
            return $"INSERT INTO {_table} ({_columns}) VALUES {values} RETURNING {key}";
        }

        // An INSERT of several rows draws identities in any order there, unless it selects in one. OUTPUT INTO a variable: a
        // table with triggers refuses a bare OUTPUT.
        return $"""
            DECLARE @keys TABLE (k bigint);
            INSERT INTO {_table} ({_columns}) OUTPUT INSERTED.{key} INTO @keys
            SELECT {_columns} FROM (VALUES {values}) AS rows ({_columns}, [_position]) ORDER BY [_position];
            SELECT k FROM @keys;
            """;
    }
}
