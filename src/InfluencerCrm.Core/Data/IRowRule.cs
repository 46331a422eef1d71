namespace InfluencerCrm.Core.Data;

/// <summary>A rule of one kind of row that needs the database (uniqueness across rows, what a change does to others); runs around every create, change and delete.</summary>
public interface IRowRule<in T>
{
    /// <summary>Before a create or change.</summary>
    /// <param name="row">The row with its new values, not saved yet; a key of 0 marks a new one.</param>
    Task CheckAsync(T row, CancellationToken ct);

    /// <summary>After a create, change or delete is written, in the same transaction: where copies on other rows are kept up.</summary>
    /// <param name="row">The row; for a delete, as it was.</param>
    Task SavedAsync(T row, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Runs before a row is deleted or archived; most kinds have nothing to say.</summary>
    Task CheckDeleteAsync(T row, CancellationToken ct) => Task.CompletedTask;
}
