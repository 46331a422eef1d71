using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>
/// Reads a list of feeds (OPML 1.0 and 2.0) as a table: each feed is a row, the folders around it are its topics. The owner in the
/// file's head is who made the list, and becomes nobody's author.
/// </summary>
internal sealed class OpmlTableReader : ITableReader
{
    /// <summary>Folders in folders; people stop at four.</summary>
    private const int DeepestElement = 100;
    private const int TitleLength = 100;
    private const int FolderLength = 200;

    private static readonly string[] Columns = ["Author", "Name", "Feed", "Website", "Language", "Description", "Topics"];

    private readonly TableLimits _limits;
    private readonly GuardedStream _guard;
    private readonly XmlReader _xml;
    private readonly IXmlLineInfo _lines;
    private readonly long _length;
    private readonly List<(int Depth, string Name)> _folders = [];
    private int _line;
    private bool _inBody;

    private OpmlTableReader(Stream source, TableLimits limits)
    {
        _limits = limits;
        _length = source.Length;
        source.Position = 0;
        _guard = new GuardedStream(source, _length, limits, () => Broken("it holds a text that no list of feeds has."));

        // The file stays the caller's.
        var settings = SafeXml.Settings.Clone();
        settings.CloseInput = false;
        _xml = XmlReader.Create(_guard, settings);
        _lines = (IXmlLineInfo)_xml;
    }

    public TableFormat Format => TableFormat.Opml;

    public string Description { get; private set; } = "OPML";

    public IReadOnlyList<string> Headings => Columns;

    public int HeadingLine => 0;

    public double Progress => _length == 0 ? 1 : (double)_guard.Total / _length;

    public static OpmlTableReader Open(Stream source, TableLimits limits, CancellationToken ct)
    {
        var reader = new OpmlTableReader(source, limits);
        try
        {
            reader.Start(ct);
            return reader;
        }
        catch
        {
            reader._xml.Dispose();
            throw;
        }
    }

    /// <summary>True for a text that begins as such a file does: perhaps a declaration and comments, then the root.</summary>
    public static bool Begins(string text)
    {
        var root = text.StartsWith('<') ? text.IndexOf("<opml", StringComparison.OrdinalIgnoreCase) : -1;
        return root >= 0 && root + 5 < text.Length && (char.IsWhiteSpace(text[root + 5]) || text[root + 5] is '>' or '/');
    }

    public static Malformed NotOpml() =>
        new("importNotOpml", "This is no OPML file: its first element is not <opml>.");

    public async IAsyncEnumerable<TableRow> ReadRowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        // As with a workbook there is nothing to wait for; the one await lets others run now and then.
        for (var elements = 1; _inBody && Read(); elements++)
        {
            if (elements % 1024 == 0)
            {
                await Task.Yield();
            }

            ct.ThrowIfCancellationRequested();
            if (_xml.NodeType == XmlNodeType.EndElement)
            {
                _inBody = !Is("body");
            }
            else if (_xml.NodeType == XmlNodeType.Element && Is("outline") && Outline() is { } row)
            {
                yield return row;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _xml.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Malformed Broken(string what) => new("importBrokenOpml", $"The OPML file is damaged: {what}");

    /// <summary>Reads up to the body.</summary>
    private void Start(CancellationToken ct)
    {
        var version = "";
        var title = "";
        var inHead = false;
        try
        {
            while (_xml.Read() && _xml.NodeType != XmlNodeType.Element)
            {
                ct.ThrowIfCancellationRequested();
            }
        }
        catch (XmlException)
        {
            throw NotOpml();
        }

        if (_xml.NodeType != XmlNodeType.Element || !Is("opml"))
        {
            throw NotOpml();
        }

        version = Cut(_xml.GetAttribute("version")?.Trim() ?? "", 10);
        while (Read())
        {
            ct.ThrowIfCancellationRequested();
            if (_xml.NodeType == XmlNodeType.Element && Is("body"))
            {
                _inBody = !_xml.IsEmptyElement;
                break;
            }

            inHead = (inHead || (_xml.NodeType == XmlNodeType.Element && Is("head"))) && !(_xml.NodeType == XmlNodeType.EndElement && Is("head"));
            if (inHead && title.Length == 0 && _xml.NodeType == XmlNodeType.Element && Is("title"))
            {
                title = Text();
            }
        }

        Description = (version.Length > 0 ? $"OPML {version}" : "OPML") + (title.Length > 0 ? $", “{title}”" : "");
    }

    /// <summary>Stands on an element with a text; moves to its end.</summary>
    private string Text()
    {
        var text = new XlsxXml(TitleLength);
        try
        {
            text.AppendElement(_xml);
        }
        catch (XmlException broken)
        {
            throw Broken($"its XML is not as it should be in line {broken.LineNumber}.");
        }

        return Cut(string.Join(' ', new string(text.Text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), TitleLength);
    }

    private bool Read()
    {
        try
        {
            if (!_xml.Read())
            {
                return false;
            }
        }
        catch (XmlException broken)
        {
            throw Broken($"its XML is not as it should be in line {broken.LineNumber}.");
        }

        return _xml.Depth <= DeepestElement ? true : throw Broken($"its folders are nested more than {DeepestElement} deep in line {_lines.LineNumber}.");
    }

    /// <summary>The row of a feed; null for a folder, a note or a link to another list.</summary>
    private TableRow? Outline()
    {
        var (depth, line, isEmpty) = (_xml.Depth, _lines.LineNumber, _xml.IsEmptyElement);
        string text = "", title = "", type = "", feed = "", website = "", language = "", description = "", author = "", category = "";
        while (_xml.MoveToNextAttribute())
        {
            switch (_xml.LocalName.ToUpperInvariant())
            {
                case "TEXT": text = Value(); break;
                case "TITLE": title = Value(); break;
                case "TYPE": type = Value(); break;
                case "XMLURL": feed = Value(); break;
                case "HTMLURL": website = Value(); break;
                case "LANGUAGE": language = Value(); break;
                case "DESCRIPTION": description = Value(); break;
                case "AUTHOR": author = Value(); break;
                case "CATEGORY": category = Value(); break;
            }
        }

        _xml.MoveToElement();
        while (_folders.Count > 0 && _folders[^1].Depth >= depth)
        {
            _folders.RemoveAt(_folders.Count - 1);
        }

        var name = title.Length > 0 ? title : text;
        var row = feed.Length > 0 || IsFeed(type) ? Row(line, [author, name, feed, website, language, description, Topics(category)]) : null;
        if (!isEmpty)
        {
            _folders.Add((depth, Cut(name, FolderLength)));
        }

        return row;

        string Value() => _xml.Value.Trim();
    }

    private static bool IsFeed(string type) => type.ToUpperInvariant() is "RSS" or "ATOM";

    private TableRow Row(int line, string[] cells)
    {
        // Feeds that share a line are told apart by the next number: by its line a row is known.
        _line = Math.Max(line, _line + 1);
        var tooLong = Array.FindIndex(cells, c => c.Length > _limits.CellCharacters);
        if (tooLong < 0)
        {
            return TableRow.Of(_line, cells);
        }

        var length = cells[tooLong].Length;
        cells[tooLong] = Cut(cells[tooLong], TitleLength);
        return TableRow.Faulty(_line, cells, "cellTooLong", $"“{Columns[tooLong]}” is {length.ToString("N0", CultureInfo.CurrentCulture)} characters long; {_limits.CellCharacters:N0} are allowed.");
    }

    /// <summary>The folders from the outside in, then the categories (<c>/Press/Energy, Climate</c>).</summary>
    private string Topics(string category)
    {
        var topics = new StringBuilder();
        var count = 0;
        foreach (var (_, name) in _folders)
        {
            Add(name);
        }

        foreach (var word in category.Split(',', '/'))
        {
            Add(word.Trim());
        }

        // One name with a comma in it is still one.
        return count == 1 && topics.ToString().Contains(',', StringComparison.Ordinal) ? topics.Append(';').ToString() : topics.ToString();

        void Add(string name)
        {
            if (name.Length > 0)
            {
                topics.Append(count++ > 0 ? "; " : "").Append(name.Replace(';', ','));
            }
        }
    }

    private bool Is(string element) => string.Equals(_xml.LocalName, element, StringComparison.OrdinalIgnoreCase);

    private static string Cut(string text, int length) => text.Length > length ? Data.SearchTextOf.Cut(text, length) : text;
}
