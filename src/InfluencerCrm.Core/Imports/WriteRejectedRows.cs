using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Exports;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports;

/// <summary>
/// Gives the refused rows of an import back as they came, to be put right and imported again: cards as vCards, others as tables behind
/// a first column that says why. The reason stands first because some of these rows have more cells than the header.
/// </summary>
public sealed class WriteRejectedRows(CrmDbContext db)
{
    public const string Reason = "Import problem";

    /// <param name="id">The import.</param>
    /// <param name="begin">Called before the first byte, when it is known that there is such an import and how its file is to be called.</param>
    /// <exception cref="NotFound">There is no such import.</exception>
    public async Task ExecuteAsync(int id, Func<ImportJob, Stream> begin, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(begin);
        var job = await db.Imports.AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, ct) ?? throw new NotFound("import", id);
        var refused = db.ImportRows.AsNoTracking().Where(r => r.ImportId == id && r.Outcome == ImportOutcome.Refused).OrderBy(r => r.Line).ThenBy(r => r.Id);
        switch (job.Format)
        {
            case ImportFormat.Vcard:
                // The mark of UTF-8 would stand before BEGIN.
                await using (var cards = new StreamWriter(begin(job), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true))
                {
                    await RejectedCards.WriteAsync(refused, cards, ct);
                }

                break;
            case ImportFormat.Opml:
                await RejectedOutlines.WriteAsync(job.FileName, await HeadingsAsync(refused, ct), refused, begin(job), ct);
                break;
            case ImportFormat.Xlsx:
                await WorkbookAsync(job, refused, begin, ct);
                break;
            default:
                // Excel takes a file without the mark for Windows-1252.
                await using (var csv = new StreamWriter(begin(job), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
                {
                    await WriteAsync(csv, [Reason, .. await HeadingsAsync(refused, ct)], ct);
                    await foreach (var row in refused.AsAsyncEnumerable().WithCancellation(ct))
                    {
                        await WriteAsync(csv, [Why(row), .. Cells(row.Source).Select(c => c.Value)], ct);
                    }
                }

                break;
        }
    }

    internal static string Why(ImportRow row) => $"{row.Code} (line {row.Line}): {row.Message}";

    private static async Task WorkbookAsync(ImportJob job, IQueryable<ImportRow> refused, Func<ImportJob, Stream> begin, CancellationToken ct)
    {
        // As many columns as the widest of the rows that were refused for being too wide.
        List<string> headings = [Reason, .. await HeadingsAsync(refused, ct)];
        for (var i = 1; i < headings.Count; i++)
        {
            // A workbook's writer tells columns by their headings; the import takes no notice of a number in one.
            var heading = headings[i];
            for (var n = 2; headings.IndexOf(headings[i]) < i; n++)
            {
                headings[i] = string.Create(CultureInfo.InvariantCulture, $"{heading} {n}");
            }
        }

        await using var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        await XlsxSheet.WriteAsync(new Sheet("rejected", headings, RowsAsync(headings.Count, refused, ct)), file, ct);
        file.Position = 0;
        await file.CopyToAsync(begin(job), ct);
    }

    private static async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(int width, IQueryable<ImportRow> refused, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in refused.AsAsyncEnumerable().WithCancellation(ct))
        {
            List<object?> cells = [Why(row), .. Cells(row.Source).Select(c => c.Value)];
            while (cells.Count < width)
            {
                cells.Add(null);
            }

            // What stands beyond the headings is the reason; it goes behind the last cell.
            if (cells.Count > width)
            {
                cells[width - 1] = string.Join(" | ", cells.Skip(width - 1));
                cells.RemoveRange(width, cells.Count - width);
            }

            yield return cells;
        }
    }

    /// <summary>A row that could not be read has perhaps only a part of them.</summary>
    private static async Task<IEnumerable<string>> HeadingsAsync(IQueryable<ImportRow> refused, CancellationToken ct) =>
        (await refused.Take(200).Select(r => r.Source).ToListAsync(ct))
            .Select(s => Cells(s).Select(c => c.Heading).ToList())
            .OrderByDescending(h => h.Count(name => name.Length > 0)).ThenBy(h => h.Count)
            .FirstOrDefault() ?? [];

    internal static IEnumerable<(string Heading, string Value)> Cells(string? source)
    {
        using var json = JsonDocument.Parse(source ?? "{}");
        return [.. json.RootElement.EnumerateObject().Select(c => (c.Name, c.Value.GetString() ?? ""))];
    }

    private static async Task WriteAsync(TextWriter csv, IEnumerable<string> cells, CancellationToken ct)
    {
        await csv.WriteAsync(CsvSheet.Line(new StringBuilder(), cells, harmless: false), ct);
    }
}
