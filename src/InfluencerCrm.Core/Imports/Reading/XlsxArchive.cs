using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Xml;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>The parts of a workbook, opened with limits. Macros, links to other files and pictures are never opened.</summary>
internal sealed class XlsxArchive : IDisposable
{
    private readonly ZipArchive _zip;
    private readonly TableLimits _limits;
    private readonly Dictionary<string, ZipArchiveEntry> _parts = new(StringComparer.OrdinalIgnoreCase);

    private XlsxArchive(ZipArchive zip, TableLimits limits) => (_zip, _limits) = (zip, limits);

    public static XlsxArchive Open(Stream source, TableLimits limits)
    {
        CheckEntryCount(source, limits);
        try
        {
            source.Position = 0;
            var archive = new XlsxArchive(new ZipArchive(source, ZipArchiveMode.Read, leaveOpen: true), limits);
            archive.List();
            return archive;
        }
        catch (InvalidDataException)
        {
            throw new Malformed("importNotXlsx", "The file is no .xlsx workbook, or only a part of one: its archive cannot be read.");
        }
    }

    public static Malformed Bomb() =>
        new("importZipBomb", "The workbook unpacks to far more than a table of contacts can be; it was not read.");

    public static Malformed Broken(string what) => new("importBrokenXlsx", $"The workbook is damaged: {what}");

    public bool Has(string part) => _parts.ContainsKey(part);

    public XmlReader? OpenXml(string part) => OpenXml(part, out _, out _);

    public XmlReader? OpenXml(string part, out GuardedStream? guard, out long length)
    {
        guard = OpenPart(part);
        length = guard is null ? 0 : _parts[part].Length;
        return guard is null ? null : XmlReader.Create(guard, SafeXml.Settings);
    }

    public GuardedStream? OpenPart(string part) => _parts.TryGetValue(part, out var entry)
        ? new GuardedStream(entry.Open(), entry.CompressedLength, _limits, () => new Malformed("importBrokenXlsx", "The workbook holds a text that no spreadsheet writes."))
        : null;

    public void Dispose() => _zip.Dispose();

    /// <summary>A workbook with a password is an OLE container with one stream of this name.</summary>
    public static async Task<bool> IsEncryptedAsync(Stream source, CancellationToken ct)
    {
        var name = Encoding.Unicode.GetBytes("EncryptedPackage");
        var block = new byte[128 * 1024];
        var kept = 0;
        source.Position = 0;
        while (true)
        {
            var read = await source.ReadAtLeastAsync(block.AsMemory(kept), block.Length - kept, throwOnEndOfStream: false, ct);
            if (block.AsSpan(0, kept + read).IndexOf(name) >= 0)
            {
                return true;
            }

            if (read == 0)
            {
                return false;
            }

            var tail = Math.Min(kept + read, name.Length);
            block.AsSpan(kept + read - tail, tail).CopyTo(block);
            kept = tail;
        }
    }

    private void List()
    {
        long declared = 0;
        foreach (var entry in _zip.Entries)
        {
            if (entry.IsEncrypted)
            {
                throw new Malformed("importEncrypted", "The workbook is protected by a password. Save it without one and import it again.");
            }

            declared += entry.Length;
            if (declared > _limits.InflatedBytes
                || (entry.Length > _limits.RatioFreeBytes && entry.Length / Math.Max(1, entry.CompressedLength) > _limits.InflateRatio))
            {
                throw Bomb();
            }

            _parts.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
        }
    }

    /// <summary>The directory is read whole by the library, so its size is looked at first.</summary>
    private static void CheckEntryCount(Stream source, TableLimits limits)
    {
        const int RecordBytes = 22;
        var length = (int)Math.Min(source.Length, RecordBytes + ushort.MaxValue);
        var tail = new byte[length];
        source.Position = source.Length - length;
        source.ReadExactly(tail);
        var record = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (record < 0 || record + RecordBytes > length)
        {
            throw new Malformed("importNotXlsx", "The file is no .xlsx workbook, or only a part of one: its archive cannot be read.");
        }

        // 65,535 stands for "see the 64-bit record"; a workbook never needs it.
        if (BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(record + 10)) > limits.ArchiveEntries)
        {
            throw Bomb();
        }
    }
}
