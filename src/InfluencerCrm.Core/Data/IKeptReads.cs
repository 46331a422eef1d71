using System.Data.Common;

namespace InfluencerCrm.Core.Data;

/// <summary>
/// Reads below EF, on connections of their own whose statements stay prepared: for the few queries that are asked with every request,
/// where opening, preparing and EF's own steps take many times as long as the read. Safe for concurrent use.
/// </summary>
public interface IKeptReads
{
    /// <summary>
    /// A number that is another one after every commit, whoever made it: what was read after it was taken still holds while it is the same.
    /// </summary>
    long State { get; }

    /// <summary>Runs one SELECT outside any transaction.</summary>
    /// <param name="sql">As EF writes it, with parameters by name; functions that EF adds to the database are not there.</param>
    /// <param name="values">By name of the parameter, in its order.</param>
    /// <param name="read">Given the answer before its first row; it is closed afterwards.</param>
    /// <exception cref="DbException">The database refuses the statement.</exception>
    /// <exception cref="OperationCanceledException">It was stopped in the database.</exception>
    TResult Read<TResult>(string sql, ReadOnlySpan<KeyValuePair<string, object?>> values, Func<DbDataReader, TResult> read, CancellationToken ct);
}
