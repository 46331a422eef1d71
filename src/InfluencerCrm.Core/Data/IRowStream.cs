using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;

namespace InfluencerCrm.Core.Data;

/// <summary>
/// Rows of one table on their way to a server, which works on the first of them while the next ones are written. Triggers and constraints see them
/// as they see those of one statement. Disposed without being completed it writes none of them, and the open transaction has failed as by any
/// other statement that did. The connection does nothing else meanwhile.
/// </summary>
public interface IRowStream : IAsyncDisposable
{
    /// <summary>Begins a row; all columns of the one before it are written.</summary>
    Task BeginRowAsync(CancellationToken ct);

    /// <summary>Writes the value of the row's next column.</summary>
    /// <param name="value">As the column's type mapping would hand it to the driver.</param>
    Task WriteAsync(object? value, CancellationToken ct);

    /// <summary>Waits until the server has taken all rows.</summary>
    /// <exception cref="DbException">It refuses one of them.</exception>
    Task CompleteAsync(CancellationToken ct);
}

/// <summary>Where the rows of an <see cref="IRowStream"/> go.</summary>
/// <param name="Sql">The table with the list of its columns, delimited.</param>
/// <param name="Mappings">How each of these columns stores its values.</param>
public sealed record StreamedColumns(string Sql, IReadOnlyList<RelationalTypeMapping> Mappings);
