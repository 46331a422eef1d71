namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>One row as the file has it: as many cells as the header, or the reason it cannot be read.</summary>
public sealed class TableRow
{
    private TableRow(int line, string[] cells, RowFault? fault, string? source)
    {
        Line = line;
        Cells = cells;
        Fault = fault;
        Source = source;
    }

    /// <summary>Where the row begins, counted as an editor (CSV) or a spreadsheet does; the first line is 1.</summary>
    public int Line { get; }

    /// <summary>As written, not trimmed; a short row is filled up with empty cells. Of a faulty row: what there is of it, perhaps only its text.</summary>
    public string[] Cells { get; }

    public RowFault? Fault { get; }

    /// <summary>The row's own text, where its cells are not how the file writes it (a card); without photos, and perhaps not whole.</summary>
    public string? Source { get; }

    public static TableRow Of(int line, string[] cells, string? source = null) => new(line, cells, null, source);

    public static TableRow Faulty(int line, string[] cells, string code, string message, string? source = null) =>
        new(line, cells, new RowFault(code, message), source);
}
