using System.Xml;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>Which part of the archive holds which sheet.</summary>
/// <param name="Candidates">The sheets to choose from, in their order: the visible ones or, where there are none, all; or the one that was asked for.</param>
/// <param name="Others">Sheets that are not looked at.</param>
internal sealed record XlsxWorkbook(
    IReadOnlyList<XlsxWorkbook.SheetEntry> Candidates, IReadOnlyList<XlsxWorkbook.SheetEntry> Others, string? StringsPart, string? StylesPart, bool Since1904)
{
    private sealed record Relation(string Type, string Target);

    /// <param name="sheet">Null: one of the visible ones.</param>
    public static XlsxWorkbook Read(XlsxArchive archive, string? sheet)
    {
        var start = Relations(archive, "_rels/.rels", "").Values.FirstOrDefault(r => r.Type == "officeDocument")?.Target;
        var part = start is not null && archive.Has(start) ? start : "xl/workbook.xml";
        if (!archive.Has(part) || part.EndsWith(".bin", StringComparison.OrdinalIgnoreCase))
        {
            throw new Malformed("importNotXlsx", "The file is an archive but holds no .xlsx workbook.");
        }

        var folder = part.Contains('/', StringComparison.Ordinal) ? part[..(part.LastIndexOf('/') + 1)] : "";
        var relations = Relations(archive, $"{folder}_rels/{part[folder.Length..]}.rels", folder);
        var sheets = Sheets(archive, part, relations, out var since1904);
        if (sheets.Count == 0)
        {
            throw new Malformed("importNoSheet", "The workbook has no sheet with cells.");
        }

        var candidates = sheet is null
            ? sheets.FindAll(s => !s.Hidden) is { Count: > 0 } visible ? visible : sheets
            : [sheets.Find(s => string.Equals(s.Name, sheet, StringComparison.OrdinalIgnoreCase))
                ?? throw new Malformed("importNoSheet", $"The workbook has no sheet “{sheet}”; it has {string.Join(", ", sheets.Take(20).Select(s => s.Name))}.")];
        return new XlsxWorkbook(candidates, [.. sheets.Except(candidates)], Part("sharedStrings"), Part("styles"), since1904);

        string? Part(string type) => relations.Values.FirstOrDefault(r => r.Type == type)?.Target;
    }

    private static List<SheetEntry> Sheets(XlsxArchive archive, string part, Dictionary<string, Relation> relations, out bool since1904)
    {
        since1904 = false;
        var sheets = new List<SheetEntry>();
        using var xml = archive.OpenXml(part)!;
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "workbookPr")
            {
                since1904 = xml.GetAttribute("date1904") is "1" or "true";
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "sheet" && RelationId(xml) is { } id
                && relations.TryGetValue(id, out var relation) && relation.Type == "worksheet" && archive.Has(relation.Target))
            {
                sheets.Add(new SheetEntry(xml.GetAttribute("name") ?? "", relation.Target, xml.GetAttribute("state") is "hidden" or "veryHidden"));
            }
        }

        return sheets;
    }

    /// <summary>The attribute has one namespace in ordinary workbooks and another in "strict" ones.</summary>
    private static string? RelationId(XmlReader sheet)
    {
        for (var found = sheet.MoveToFirstAttribute(); found; found = sheet.MoveToNextAttribute())
        {
            if (sheet.LocalName == "id" && sheet.NamespaceURI.Length > 0)
            {
                var id = sheet.Value;
                sheet.MoveToElement();
                return id;
            }
        }

        sheet.MoveToElement();
        return null;
    }

    private static Dictionary<string, Relation> Relations(XlsxArchive archive, string part, string folder)
    {
        var relations = new Dictionary<string, Relation>(StringComparer.Ordinal);
        using var xml = archive.OpenXml(part);
        while (xml is not null && xml.Read())
        {
            // A target outside the archive is never followed.
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "Relationship" || xml.GetAttribute("TargetMode") == "External"
                || xml.GetAttribute("Id") is not { } id || xml.GetAttribute("Target") is not { } target)
            {
                continue;
            }

            var type = xml.GetAttribute("Type") ?? "";
            relations[id] = new Relation(type[(type.LastIndexOf('/') + 1)..], Resolve(folder, target));
        }

        return relations;
    }

    private static string Resolve(string folder, string target)
    {
        if (target.StartsWith('/'))
        {
            return target[1..];
        }

        var parts = new List<string>();
        foreach (var step in (folder + target).Split('/'))
        {
            if (step == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (step is not ("" or "." or ".."))
            {
                parts.Add(step);
            }
        }

        return string.Join('/', parts);
    }

    public sealed record SheetEntry(string Name, string Part, bool Hidden);
}
