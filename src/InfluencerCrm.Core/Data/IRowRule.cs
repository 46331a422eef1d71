namespace InfluencerCrm.Core.Data;

/// <summary>A rule of one kind of row that needs the database (uniqueness across rows, what a change does to others); runs before every create and change.</summary>
public interface IRowRule<in T>
{
    /// <param name="row">The row with its new values, not saved yet; a key of 0 marks a new one.</param>
    Task CheckAsync(T row, CancellationToken ct);

    /// <summary>Runs before a row is deleted or archived; most kinds have nothing to say.</summary>
    Task CheckDeleteAsync(T row, CancellationToken ct) => Task.CompletedTask;
}
