using System.Text;
using InfluencerCrm.Core.Imports.Reading;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports;

/// <summary>Refused cards as a vCard file of their own versions, each with a property that says why (RFC 6350 §6.10, RFC 2426 §3.8).</summary>
internal static class RejectedCards
{
    /// <summary>Where a stored row keeps the card's text.</summary>
    public const string Heading = "vCard";

    /// <summary>No note: it would be imported as one the next time.</summary>
    public const string Reason = "X-IMPORT-PROBLEM";

    public static async Task WriteAsync(IQueryable<ImportRow> refused, TextWriter file, CancellationToken ct)
    {
        await foreach (var row in refused.AsAsyncEnumerable().WithCancellation(ct))
        {
            await file.WriteAsync(Card(row).Replace("\n", "\r\n"), ct);
        }
    }

    private static StringBuilder Card(ImportRow row)
    {
        var cells = WriteRejectedRows.Cells(row.Source).ToList();
        var source = cells is [{ Heading: Heading } whole] ? whole.Value : Short(cells);
        var card = new StringBuilder(source);

        // Behind the version, which has to be the first (RFC 6350 §6.7.9).
        var at = source.IndexOf('\n', StringComparison.Ordinal) + 1;
        at = source.AsSpan(at).StartsWith("VERSION", StringComparison.OrdinalIgnoreCase) ? source.IndexOf('\n', at) + 1 : at;
        return card.Insert(at, $"{Reason}:{Escape($"{row.Code} (line {row.Line}): {row.Message}")}\n");
    }

    /// <summary>Of a card that could not be kept.</summary>
    private static string Short(List<(string Heading, string Value)> cells)
    {
        var name = cells.Where(c => c.Heading == VcardPerson.Headings[0]).Select(c => c.Value).FirstOrDefault("");
        return $"BEGIN:VCARD\nVERSION:4.0\nFN:{Escape(name)}\nEND:VCARD\n";
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal).ReplaceLineEndings("\\n");
}
