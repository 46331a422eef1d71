using System.Text;
using System.Xml;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports;

/// <summary>Refused rows of an OPML file as an OPML file (OPML 2.0), each with the reason as a comment before it.</summary>
internal static class RejectedOutlines
{
    private static readonly Dictionary<string, string> Attributes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Name"] = "text", ["Feed"] = "xmlUrl", ["Website"] = "htmlUrl", ["Language"] = "language", ["Description"] = "description", ["Topics"] = "category", ["Author"] = "author",
    };

    public static async Task WriteAsync(string title, IEnumerable<string> headings, IQueryable<ImportRow> refused, Stream target, CancellationToken ct)
    {
        await using var xml = XmlWriter.Create(target, new XmlWriterSettings { Async = true, Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CheckCharacters = false });
        await xml.WriteStartDocumentAsync();
        await xml.WriteStartElementAsync(null, "opml", null);
        await xml.WriteAttributeStringAsync(null, "version", null, "2.0");
        await xml.WriteStartElementAsync(null, "head", null);
        await xml.WriteElementStringAsync(null, "title", null, Valid(title));
        await xml.WriteEndElementAsync();
        await xml.WriteStartElementAsync(null, "body", null);
        var names = headings.ToList();
        await foreach (var row in refused.AsAsyncEnumerable().WithCancellation(ct))
        {
            // Two hyphens would end the comment.
            await xml.WriteCommentAsync(Valid($" {WriteRejectedRows.Why(row)} ").Replace("--", "- -", StringComparison.Ordinal).Replace("--", "- -", StringComparison.Ordinal));
            await xml.WriteStartElementAsync(null, "outline", null);
            var cells = WriteRejectedRows.Cells(row.Source).ToList();
            foreach (var (heading, value) in cells.Where(c => c.Value.Length > 0 && names.Contains(c.Heading)).DistinctBy(c => Attribute(c.Heading)))
            {
                if (Attribute(heading) is { } attribute)
                {
                    await xml.WriteAttributeStringAsync(null, attribute, null, Valid(value));
                }
            }

            await xml.WriteEndElementAsync();
        }

        await xml.WriteEndElementAsync();
        await xml.WriteEndElementAsync();
        await xml.WriteEndDocumentAsync();
    }

    private static string? Attribute(string heading) => Attributes.GetValueOrDefault(heading);

    private static string Valid(string text) => string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) ? c : ' '));
}
