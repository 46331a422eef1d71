using System.Globalization;
using System.Xml;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>The rows of one sheet, one after the other.</summary>
internal sealed class XlsxSheet : IDisposable
{
    private readonly XlsxCells _cellReader;
    private readonly TableLimits _limits;
    private readonly XmlReader _xml;
    private readonly GuardedStream _guard;
    private readonly long _length;
    private string[] _cells = new string[32];
    private int _count;

    public XlsxSheet(XlsxArchive archive, string part, XlsxCells cells, TableLimits limits)
    {
        (_cellReader, _limits) = (cells, limits);
        _xml = archive.OpenXml(part, out var guard, out _length) ?? throw XlsxArchive.Broken("a sheet is not there.");
        _guard = guard!;
    }

    public int Line { get; private set; }

    /// <summary>Of the row that was read; overwritten by the next.</summary>
    public Span<string> Cells => _cells.AsSpan(0, _count);

    /// <summary>Code of what is wrong with the row.</summary>
    public string? Fault { get; private set; }

    public double Progress => _length <= 0 ? 0 : Math.Min(1, (double)_guard.Total / _length);

    public bool Read()
    {
        while (_xml.Read())
        {
            if (_xml.NodeType != XmlNodeType.Element || _xml.LocalName != "row")
            {
                continue;
            }

            Line = int.TryParse(_xml.GetAttribute("r"), CultureInfo.InvariantCulture, out var number) && number > 0 ? number : Line + 1;
            (_count, Fault) = (0, null);
            if (_xml.IsEmptyElement)
            {
                return true;
            }

            var depth = _xml.Depth;
            var characters = 0;
            var column = -1;
            while (_xml.Read() && _xml.Depth > depth)
            {
                if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName == "c")
                {
                    var text = _cellReader.Read(_xml, Line, ref column);
                    characters += text.Length;
                    Put(column, text, characters);
                }
            }

            return true;
        }

        return false;
    }

    public void Dispose() => _xml.Dispose();

    private void Put(int column, string text, int characters)
    {
        if (text.Length > _limits.CellCharacters)
        {
            (Fault, text) = ("cellTooLong", text[..100]);
        }
        else if (characters > _limits.RowCharacters)
        {
            (Fault, text) = ("rowTooLong", "");
        }

        if (column >= _limits.Columns)
        {
            Fault = text.Length > 0 ? "tooManyCells" : Fault;
            return;
        }

        if (column >= _cells.Length)
        {
            Array.Resize(ref _cells, Math.Max(_cells.Length * 2, column + 1));
        }

        while (_count <= column)
        {
            _cells[_count++] = "";
        }

        _cells[column] = text;
    }
}
