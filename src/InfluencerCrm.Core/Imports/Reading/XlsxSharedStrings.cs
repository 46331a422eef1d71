using System.Text;
using System.Xml;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>
/// The texts that cells point at. A file of a million people may have millions: the first few megabytes stay in memory, the rest
/// goes to a temporary file, which is read nearly in order because sheets number their texts in order of appearance.
/// </summary>
internal sealed class XlsxSharedStrings : IDisposable
{
    private const int PageBytes = 64 * 1024;
    private const int CacheSize = 8192;

    private readonly int _memoryBytes;
    private readonly (int Index, string? Text)[] _cache = new (int, string?)[CacheSize];
    private byte[] _memory = [];
    private long[] _ends = new long[1024];
    private FileStream? _spill;
    private long _spillStart;
    private byte[] _page = [];
    private long _pageStart;
    private int _pageLength;

    private XlsxSharedStrings(int memoryBytes) => _memoryBytes = memoryBytes;

    public int Count { get; private set; }

    public static XlsxSharedStrings Read(XmlReader? xml, int cellLimit, int memoryBytes, CancellationToken ct)
    {
        var strings = new XlsxSharedStrings(memoryBytes);
        if (xml is null)
        {
            return strings;
        }

        try
        {
            var text = new XlsxXml(cellLimit);
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "si")
                {
                    text.ReadRichText(xml);
                    strings.Add(text.Text);
                    if ((strings.Count & 0xFFF) == 0)
                    {
                        ct.ThrowIfCancellationRequested();
                    }
                }
            }

            strings._spill?.Flush();
            return strings;
        }
        catch
        {
            strings.Dispose();
            throw;
        }
    }

    /// <summary>Null where the workbook has no such text.</summary>
    public string? Get(int index)
    {
        if ((uint)index >= (uint)Count)
        {
            return null;
        }

        ref var cached = ref _cache[index % CacheSize];
        if (cached.Text is null || cached.Index != index)
        {
            cached = (index, XlsxXml.Unescape(Encoding.UTF8.GetString(Bytes(index))));
        }

        return cached.Text;
    }

    public void Dispose() => _spill?.Dispose();

    private void Add(ReadOnlySpan<char> text)
    {
        var start = Count == 0 ? 0 : _ends[Count - 1];
        var length = Encoding.UTF8.GetByteCount(text);
        if (_spill is null && start + length <= _memoryBytes)
        {
            if (start + length > _memory.Length)
            {
                Array.Resize(ref _memory, (int)Math.Min(_memoryBytes, Math.Max(_memory.Length * 2L, start + length + 4096)));
            }

            Encoding.UTF8.GetBytes(text, _memory.AsSpan((int)start));
        }
        else
        {
            _spill ??= OpenSpill(start);
            _spill.Write(Encoding.UTF8.GetBytes(text.ToArray()));
        }

        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, _ends.Length * 2);
        }

        _ends[Count++] = start + length;
    }

    /// <summary>Offsets go on from memory into the file, so the file begins at the first spilt text.</summary>
    private FileStream OpenSpill(long start)
    {
        _spillStart = start;
        _page = new byte[PageBytes];
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        return new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = PageBytes,
            Options = FileOptions.DeleteOnClose,
        });
    }

    private ReadOnlySpan<byte> Bytes(int index)
    {
        var start = index == 0 ? 0 : _ends[index - 1];
        var length = (int)(_ends[index] - start);
        if (_spill is null || start < _spillStart)
        {
            return _memory.AsSpan((int)start, length);
        }

        start -= _spillStart;
        if (start < _pageStart || start + length > _pageStart + _pageLength)
        {
            if (length > _page.Length)
            {
                _page = new byte[length];
            }

            _pageStart = start;
            _pageLength = RandomAccess.Read(_spill.SafeFileHandle, _page, start);
        }

        return _page.AsSpan((int)(start - _pageStart), length);
    }
}
