using System.Buffers;
using System.IO.Compression;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Privacy;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Archives;

/// <summary>
/// Everything in the installation as one .zip, read in one snapshot and written while it is read. The format is described in
/// <c>api-docs/archive.md</c>; <see cref="RestoreArchive"/> reads it back.
/// </summary>
public sealed class WriteArchive(CrmDbContext db, CurrentActor scope, AddressHash hash, IDatabaseProvider provider, TimeProvider clock)
{
    /// <summary>What is gathered before it goes to the target.</summary>
    private const int FlushBytes = 64 * 1024;

    private static readonly MethodInfo RowsMethod = typeof(WriteArchive).GetMethod(nameof(RowsOf), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static readonly MethodInfo PropertyMethod = typeof(EF).GetMethod(nameof(EF.Property))!;

    /// <param name="begin">Called when it is known that the archive may be written; need not be able to seek.</param>
    /// <returns>How many rows it holds.</returns>
    public async Task<long> ExecuteAsync(Func<Stream> begin, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(begin);
        var actor = scope.Required;
        actor.Require(Right.Administer);
        var now = clock.GetUtcNow().UtcDateTime;
        db.Add(AuditEntry.Act(actor, "Archive", 0, "archive exported", now));
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();

        await using var snapshot = await provider.BeginSnapshotAsync(db, ct);
        var tables = new List<ArchiveManifest.TableEntry>();
        await using var target = new GatheredStream(begin());
        await using (var zip = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct))
        {
            foreach (var table in ArchiveTables.Of(db.Model))
            {
                tables.Add(new ArchiveManifest.TableEntry(table.Name, table.File, await TableAsync(zip, table, ct)));
            }

            await EntryAsync(zip, ArchiveManifest.KeysFile, new ArchiveKeys(Convert.ToBase64String(hash.Key)), ct);
            await EntryAsync(
                zip,
                ArchiveManifest.FileName,
                new ArchiveManifest
                {
                    Format = ArchiveManifest.FormatName,
                    FormatVersion = ArchiveManifest.CurrentVersion,
                    Product = "InfluencerCrm",
                    Version = ArchiveManifest.ProductVersion,
                    WrittenAt = now,
                    About = "Everything in one installation. It holds personal data, hashes of passwords and of API keys, and the key that recognises erased addresses: keep it as safe as the database.",
                    Tables = tables,
                    NotIncluded = ArchiveTables.NotIncluded(db.Model),
                },
                ct);
        }

        await target.SendAsync(ct);
        return tables.Sum(t => t.Rows);
    }

    private async Task<long> TableAsync(ZipArchive zip, ArchiveTable table, CancellationToken ct)
    {
        var rows = 0L;
        await using var entry = await zip.CreateEntry(table.File, CompressionLevel.Fastest).OpenAsync(ct);
        var buffer = new ArrayBufferWriter<byte>(FlushBytes);
        await using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        await foreach (var row in ((IAsyncEnumerable<object?[]>)RowsMethod.MakeGenericMethod(table.Entity.ClrType).Invoke(this, [table])!).WithCancellation(ct))
        {
            json.WriteStartObject();
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i] is { } value)
                {
                    json.WritePropertyName(table.Columns[i].Name);
                    ArchiveJson.Write(json, value);
                }
            }

            json.WriteEndObject();
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
            rows++;
            if (buffer.WrittenCount >= FlushBytes)
            {
                await entry.WriteAsync(buffer.WrittenMemory, ct);
                buffer.ResetWrittenCount();
            }
        }

        await entry.WriteAsync(buffer.WrittenMemory, ct);
        return rows;
    }

    private IAsyncEnumerable<object?[]> RowsOf<T>(ArchiveTable table)
        where T : class
    {
        var row = Expression.Parameter(typeof(T), "row");
        var values = Expression.Lambda<Func<T, object?[]>>(
            Expression.NewArrayInit(
                typeof(object),
                table.Columns.Select(c => Expression.Convert(Expression.Call(PropertyMethod.MakeGenericMethod(c.Property.ClrType), row, Expression.Constant(c.Property.Name)), typeof(object)))),
            row);
        IOrderedQueryable<T>? ordered = null;
        var all = db.Set<T>().IgnoreQueryFilters().AsNoTracking();
        foreach (var key in table.Keys)
        {
            var name = key.Property.Name;
            ordered = ordered is null ? all.OrderBy(e => EF.Property<object>(e, name)) : ordered.ThenBy(e => EF.Property<object>(e, name));
        }

        return ordered!.Select(values).AsAsyncEnumerable();
    }

    private static async Task EntryAsync<T>(ZipArchive zip, string name, T value, CancellationToken ct)
    {
        await using var entry = await zip.CreateEntry(name).OpenAsync(ct);
        await JsonSerializer.SerializeAsync(entry, value, ArchiveManifest.Json, ct);
    }
}
