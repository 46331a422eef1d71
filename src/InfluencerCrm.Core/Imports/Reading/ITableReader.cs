namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>A contact file as a header and a stream of rows; the memory it needs does not grow with the file.</summary>
public interface ITableReader : IAsyncDisposable
{
    TableFormat Format { get; }

    /// <summary>What was found out about the file, for a person: encoding and delimiter, the sheet's name, or the version of the cards.</summary>
    string Description { get; }

    IReadOnlyList<string> Headings { get; }

    /// <summary>0 where the headings are not written in the file.</summary>
    int HeadingLine { get; }

    /// <summary>Share of the file that was read, 0 to 1; may be read by another thread while rows come.</summary>
    double Progress { get; }

    /// <summary>
    /// The rows in their order, empty ones left out. A row that cannot be read comes with its <see cref="TableRow.Fault"/>;
    /// a file that cannot be read on throws a <see cref="Errors.CrmError"/>. To be read once.
    /// </summary>
    IAsyncEnumerable<TableRow> ReadRowsAsync(CancellationToken ct);
}
