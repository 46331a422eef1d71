using InfluencerCrm.Core.Imports.Reading;

namespace InfluencerCrm.Core.Imports.Rows;

/// <summary>Makes records of the rows of one file; one implementation for each kind of import.</summary>
internal interface IRowBatches : IAsyncDisposable
{
    /// <summary>Cleans a row. Called by one thread, beside the writing of earlier rows, and without the database.</summary>
    ReadRow Read(TableRow row);

    /// <summary>Writes the rows and their words inside the caller's transaction; in a dry run, only the words.</summary>
    /// <returns>The outcomes, in the rows' order.</returns>
    Task<IReadOnlyList<ImportOutcome>> WriteAsync(IReadOnlyList<ReadRow> rows, CancellationToken ct);

    /// <summary>What was written since the last call is committed.</summary>
    void Committed();

    /// <summary>It was rolled back, and the rows will come again.</summary>
    void RolledBack();
}
