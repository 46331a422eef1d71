using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Archives;

/// <summary>
/// An archive that came from somewhere: nothing it says is believed. Its entries are read by the names this product gives them and never
/// become files, so a path in one leads nowhere.
/// </summary>
internal sealed class ArchiveFile : IAsyncDisposable
{
    /// <summary>The list of entries is read at once; an archive of ours needs a few kilobytes for it.</summary>
    private const int LongestDirectory = 1024 * 1024;

    private const int LongestManifest = 1024 * 1024;

    /// <summary>What packs better than this was made to burst: rows of ours pack ten to thirty times.</summary>
    private const int MostRatio = 200;

    /// <summary>A small table of equal rows may pack better.</summary>
    private const long RatioFreeBytes = 16 * 1024 * 1024;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries;

    private ArchiveFile(ZipArchive zip, Dictionary<string, ZipArchiveEntry> entries, ArchiveManifest manifest, ArchiveKeys keys) =>
        (_zip, _entries, Manifest, Keys) = (zip, entries, manifest, keys);

    public ArchiveManifest Manifest { get; }

    public ArchiveKeys Keys { get; }

    /// <param name="file">Seekable; stays open.</param>
    /// <exception cref="Malformed">It is no archive of this product, or one of a later version.</exception>
    public static async Task<ArchiveFile> OpenAsync(Stream file, IReadOnlyList<ArchiveTable> tables, CancellationToken ct)
    {
        CheckDirectory(file);
        ZipArchive? zip = null;
        try
        {
            file.Position = 0;
            zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, ct);
            var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
            foreach (var entry in zip.Entries)
            {
                if (!entries.TryAdd(entry.FullName, entry))
                {
                    throw new Malformed("archiveUnknownEntry", $"The archive holds \"{Shown(entry.FullName)}\" twice.");
                }
            }

            var manifest = await ReadAsync<ArchiveManifest>(entries, ArchiveManifest.FileName, ct);
            Check(manifest, tables, entries);
            var keys = await ReadAsync<ArchiveKeys>(entries, ArchiveManifest.KeysFile, ct);
            var opened = new ArchiveFile(zip, entries, manifest, keys);
            zip = null;
            return opened;
        }
        catch (InvalidDataException exception)
        {
            throw NotAnArchive(exception.Message);
        }
        finally
        {
            if (zip is not null)
            {
                await zip.DisposeAsync();
            }
        }
    }

    /// <summary>The rows of one table.</summary>
    public async Task<Stream> OpenAsync(ArchiveManifest.TableEntry table, CancellationToken ct)
    {
        var entry = _entries[table.File];
        return new Inflated(await entry.OpenAsync(ct), Math.Max(RatioFreeBytes, entry.CompressedLength * MostRatio));
    }

    public ValueTask DisposeAsync() => _zip.DisposeAsync();

    internal static Malformed NotAnArchive(string why) => new("archiveBroken", $"This is no whole archive: {why} Nothing was taken in.");

    private static void Check(ArchiveManifest manifest, IReadOnlyList<ArchiveTable> tables, Dictionary<string, ZipArchiveEntry> entries)
    {
        if (manifest.Format != ArchiveManifest.FormatName)
        {
            throw NotAnArchive($"its manifest says it is \"{Shown(manifest.Format)}\".");
        }

        if (manifest.FormatVersion is < 1 or > ArchiveManifest.CurrentVersion)
        {
            throw new Malformed("archiveTooNew", $"The archive has format version {manifest.FormatVersion}; this product reads up to {ArchiveManifest.CurrentVersion}. Take it in with the version that wrote it, {Shown(manifest.Version ?? "unknown")}, or a later one.");
        }

        var files = new HashSet<string>(StringComparer.Ordinal) { ArchiveManifest.FileName, ArchiveManifest.KeysFile };
        foreach (var said in manifest.Tables)
        {
            // Positions may differ between versions; the name counts.
            if (tables.All(t => t.Name != said.Name))
            {
                throw new Malformed("archiveUnknownTable", $"The archive has a table \"{Shown(said.Name)}\" that this version does not know.");
            }

            if (!entries.ContainsKey(said.File) || !files.Add(said.File))
            {
                throw NotAnArchive($"the manifest names \"{Shown(said.File)}\", which is not there, or is named twice.");
            }
        }

        if (entries.Keys.FirstOrDefault(e => !files.Contains(e)) is { } stranger)
        {
            throw new Malformed("archiveUnknownEntry", $"The archive holds \"{Shown(stranger)}\", which its manifest does not name.");
        }

        if (manifest.Tables.Select(t => t.Name).Distinct(StringComparer.Ordinal).Count() != manifest.Tables.Count)
        {
            throw NotAnArchive("the manifest names a table twice.");
        }
    }

    private static async Task<T> ReadAsync<T>(Dictionary<string, ZipArchiveEntry> entries, string name, CancellationToken ct)
    {
        if (!entries.TryGetValue(name, out var entry))
        {
            throw NotAnArchive($"it has no {name}.");
        }

        try
        {
            await using var stream = new Inflated(await entry.OpenAsync(ct), LongestManifest);
            return await JsonSerializer.DeserializeAsync<T>(stream, ArchiveManifest.Json, ct) ?? throw new JsonException("it is null");
        }
        catch (JsonException exception)
        {
            throw NotAnArchive($"{name} cannot be read ({ArchiveJson.Reason(exception)})");
        }
    }

    /// <summary>How long the list of entries is, before the library reads it whole into memory.</summary>
    private static void CheckDirectory(Stream file)
    {
        const int EndLength = 22;
        const int Zip64LocatorLength = 20;
        if (file.Length < EndLength)
        {
            throw NotAnArchive("it is too short.");
        }

        var tail = new byte[Math.Min(file.Length, EndLength + ushort.MaxValue + Zip64LocatorLength)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var end = tail.AsSpan(0, tail.Length - EndLength + 4).LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0)
        {
            throw NotAnArchive("a .zip ends in a way this does not; it may have been cut.");
        }

        long directory = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (directory == uint.MaxValue && end >= Zip64LocatorLength && tail.AsSpan(end - Zip64LocatorLength, 4).SequenceEqual("PK\u0006\u0007"u8))
        {
            var record = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - Zip64LocatorLength + 8));
            var long64 = new byte[56];
            if (record < 0 || record > file.Length - long64.Length)
            {
                throw NotAnArchive("its list of entries is nowhere.");
            }

            file.Position = record;
            file.ReadExactly(long64);
            directory = BinaryPrimitives.ReadInt64LittleEndian(long64.AsSpan(48));
        }

        var endPosition = file.Length - tail.Length + end;
        if (directory < 0 || directory > endPosition || endPosition - directory > LongestDirectory)
        {
            throw NotAnArchive("its list of entries is longer than an archive's, or is nowhere.");
        }
    }

    private static string Shown(string text) => text.Length > 100 ? text[..100] + "…" : text;

    /// <summary>Counts what really comes out, whatever the entry declares.</summary>
    private sealed class Inflated(Stream inflated, long most) : Stream
    {
        private long _total;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _total;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Counted(inflated.Read(buffer, offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Counted(await inflated.ReadAsync(buffer, cancellationToken));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inflated.Dispose();
            }

            base.Dispose(disposing);
        }

        private int Counted(int count) => (_total += count) <= most ? count : throw new Malformed("archiveBomb", "A part of the archive becomes far larger than it came; it was not unpacked. Nothing was taken in.");
    }
}
