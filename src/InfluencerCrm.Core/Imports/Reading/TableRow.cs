namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>One row as the file has it: as many cells as the header, or the reason it cannot be read.</summary>
public sealed class TableRow
{
    private TableRow(int line, string[] cells, RowFault? fault)
    {
        Line = line;
        Cells = cells;
        Fault = fault;
    }

    /// <summary>Where the row begins, counted as an editor (CSV) or a spreadsheet does; the first line is 1.</summary>
    public int Line { get; }

    /// <summary>As written, not trimmed; a short row is filled up with empty cells. Of a faulty row: what there is of it, perhaps only its text.</summary>
    public string[] Cells { get; }

    public RowFault? Fault { get; }

    public static TableRow Of(int line, string[] cells) => new(line, cells, null);

    public static TableRow Faulty(int line, string[] cells, string code, string message) => new(line, cells, new RowFault(code, message));
}
