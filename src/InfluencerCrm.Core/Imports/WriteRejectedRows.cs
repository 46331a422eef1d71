using System.Text;
using System.Text.Json;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Exports;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports;

/// <summary>
/// Gives the refused rows of an import back as they came, to be put right and imported again: cards as vCards, others as CSV behind
/// a first column that says why. The reason stands first because some of these rows have more cells than the header.
/// </summary>
public sealed class WriteRejectedRows(CrmDbContext db)
{
    public const string Reason = "Import problem";

    /// <param name="id">The import.</param>
    /// <param name="begin">Called before the first row, when it is known that there is such an import.</param>
    /// <exception cref="NotFound">There is no such import.</exception>
    public async Task ExecuteAsync(int id, Func<ImportJob, TextWriter> begin, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(begin);
        var job = await db.Imports.AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, ct) ?? throw new NotFound("import", id);
        var refused = db.ImportRows.AsNoTracking().Where(r => r.ImportId == id && r.Outcome == ImportOutcome.Refused).OrderBy(r => r.Line).ThenBy(r => r.Id);
        await using var csv = begin(job);
        if (job.Format == ImportFormat.Vcard)
        {
            await RejectedCards.WriteAsync(refused, csv, ct);
            return;
        }

        await WriteAsync(csv, [Reason, .. await HeadingsAsync(refused, ct)], ct);
        await foreach (var row in refused.AsAsyncEnumerable().WithCancellation(ct))
        {
            await WriteAsync(csv, [$"{row.Code} (line {row.Line}): {row.Message}", .. Cells(row.Source).Select(c => c.Value)], ct);
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
