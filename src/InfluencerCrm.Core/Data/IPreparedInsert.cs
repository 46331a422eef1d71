using System.Data.Common;

namespace InfluencerCrm.Core.Data;

/// <summary>
/// One INSERT of one row, prepared below ADO.NET, whose parameters are bound by position. Only an embedded database gains by it: there the
/// driver's work for each parameter costs more than the row itself. Not for several threads.
/// </summary>
public interface IPreparedInsert : IDisposable
{
    /// <summary>The connection it was prepared on.</summary>
    DbConnection Connection { get; }

    /// <summary>What is bound stays bound for the rows after; at first each position holds nothing.</summary>
    /// <param name="position">From 0, in the order of the statement.</param>
    /// <param name="value">As the column's type mapping would hand it to the driver; stored in the same form.</param>
    void Bind(int position, object? value);

    /// <summary>Writes the row that is bound.</summary>
    /// <returns>Its generated key.</returns>
    /// <exception cref="DbException">As the driver throws it.</exception>
    long Execute();
}
