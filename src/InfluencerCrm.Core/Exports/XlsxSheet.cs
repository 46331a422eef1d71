using System.Runtime.CompilerServices;
using System.Text;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace InfluencerCrm.Core.Exports;

/// <summary>Writes a table as an Excel workbook; texts are texts there, whatever they begin with.</summary>
public static class XlsxSheet
{
    /// <summary>What one cell holds at most, in Excel.</summary>
    private const int LongestText = 32_767;

    private static readonly OpenXmlConfiguration Plain = new() { TableStyles = TableStyles.None };

    /// <param name="target">Seekable, such as a temporary file: the workbook's parts are written one into another.</param>
    public static Task WriteAsync(Sheet sheet, Stream target, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        return target.SaveAsAsync(RowsAsync(sheet, ct), sheetName: sheet.Name, configuration: Plain, cancellationToken: ct);
    }

    private static async IAsyncEnumerable<IDictionary<string, object?>> RowsAsync(Sheet sheet, [EnumeratorCancellation] CancellationToken ct)
    {
        var any = false;
        await foreach (var row in sheet.Rows.WithCancellation(ct))
        {
            any = true;
            yield return Row(sheet, row);
        }

        // Headings are taken from the first row; a table without any shows them over an empty one.
        if (!any)
        {
            yield return Row(sheet, new object?[sheet.Headings.Count]);
        }
    }

    private static Dictionary<string, object?> Row(Sheet sheet, IReadOnlyList<object?> cells)
    {
        var row = new Dictionary<string, object?>(cells.Count, StringComparer.Ordinal);
        for (var i = 0; i < cells.Count; i++)
        {
            row[sheet.Headings[i]] = cells[i] switch
            {
                string text => Valid(text),
                bool yes => yes ? "yes" : null,
                var value => value,
            };
        }

        return row;
    }

    /// <summary>Without what XML cannot hold (control characters, halves of surrogate pairs), and no longer than a cell.</summary>
    private static string Valid(string text)
    {
        if (text.Length > LongestText)
        {
            text = text[..LongestText];
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (!IsValid(text, i))
            {
                var valid = new StringBuilder(text, 0, i, text.Length);
                for (; i < text.Length; i++)
                {
                    valid.Append(IsValid(text, i) ? text[i] : ' ');
                }

                return valid.ToString();
            }
        }

        return text;
    }

    private static bool IsValid(string text, int i) =>
        char.IsHighSurrogate(text[i]) ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
        : char.IsLowSurrogate(text[i]) ? i > 0 && char.IsHighSurrogate(text[i - 1])
        : text[i] is '\t' or '\n' or '\r' or (>= ' ' and < '\uFFFE');
}
