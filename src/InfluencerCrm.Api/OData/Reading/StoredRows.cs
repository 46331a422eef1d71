using System.Data.Common;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>
/// Reads rows whose values are all stored ones: EF makes the command, and its rows are read here. EF's own reading of them (a critical
/// section, an asynchronous step and a compiled shaper for each row) takes twice as long as this.
/// </summary>
internal sealed class StoredRows(CrmDbContext db, IDatabaseProvider provider)
{
    /// <param name="query">Projects to one value for each stored property.</param>
    /// <param name="stored">The properties in the order of the values; null where a value is not asked from the database.</param>
    /// <returns>The rows; null where the command's columns are not those that were expected, so that EF must read them.</returns>
    public async Task<List<object?[]>?> ReadAsync(IQueryable<object?[]> query, IReadOnlyList<IProperty?> stored, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await using var command = query.CreateDbCommand();
        if (provider.ReadPlaces is not { } places || db.Database.CurrentTransaction is not null)
        {
            return await ReadAsync(command, stored, ct);
        }

        await places.WaitAsync(ct);
        try
        {
            return await ReadAsync(command, stored, ct);
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<List<object?[]>?> ReadAsync(DbCommand command, IReadOnlyList<IProperty?> stored, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            using var interrupts = provider.InterruptsWith(command, ct);
            await using var reader = await command.ExecuteReaderAsync(ct);
            return CellsOf(reader, stored) is { } cells ? await RowsAsync(reader, cells, ct) : null;
        }
        catch (DbException exception) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task<List<object?[]>> RowsAsync(DbDataReader reader, (int Column, Func<DbDataReader, int, object?> Value)[] cells, CancellationToken ct)
    {
        var rows = new List<object?[]>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(RowOf(reader, cells));
        }

        return rows;
    }

    /// <summary>The values of the row that the reader stands on.</summary>
    public static object?[] RowOf(DbDataReader reader, (int Column, Func<DbDataReader, int, object?> Value)[] cells)
    {
        var row = new object?[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var (column, value) = cells[i];
            row[i] = column < 0 ? null : value(reader, column);
        }

        return row;
    }

    /// <summary>How each value is taken from an answer; null where its columns are not those that were expected.</summary>
    public static (int Column, Func<DbDataReader, int, object?> Value)[]? CellsOf(DbDataReader reader, IReadOnlyList<IProperty?> stored)
    {
        var cells = new (int, Func<DbDataReader, int, object?>)[stored.Count];
        var column = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            if (stored[i] is not { } property)
            {
                cells[i] = (-1, static (_, _) => null);
                continue;
            }

            if (column >= reader.FieldCount || !string.Equals(reader.GetName(column), property.GetColumnName(), StringComparison.Ordinal))
            {
                return null;
            }

            cells[i] = (column, RowCells.Of(property));
            column++;
        }

        return column == reader.FieldCount ? cells : null;
    }
}
