using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace InfluencerCrm.Core.Tests.Imports.Reading;

/// <summary>Writes small and monstrous workbooks for tests.</summary>
internal static class Workbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    public static MemoryStream Of(Action<TextWriter> rows, IEnumerable<string>? strings = null)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "_rels/.rels", w => w.Write($"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"));
            Part(zip, "xl/workbook.xml", w => w.Write($"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"Contacts\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"));
            Part(zip, "xl/_rels/workbook.xml.rels", w => w.Write(
                $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r1\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{Office}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"));
            Part(zip, "xl/sharedStrings.xml", w =>
            {
                w.Write($"<sst xmlns=\"{Main}\">");
                foreach (var text in strings ?? [])
                {
                    w.Write($"<si><t>{text}</t></si>");
                }

                w.Write("</sst>");
            });
            Part(zip, "xl/worksheets/sheet1.xml", w =>
            {
                w.Write($"<worksheet xmlns=\"{Main}\"><sheetData>");
                rows(w);
                w.Write("</sheetData></worksheet>");
            });
        }

        stream.Position = 0;
        return stream;
    }

    /// <summary>Makes the archive's directory lie about the unpacked size of one part.</summary>
    public static void DeclareSize(MemoryStream workbook, string part, uint size)
    {
        var bytes = workbook.GetBuffer().AsSpan(0, (int)workbook.Length);
        var directory = bytes.LastIndexOf(Encoding.ASCII.GetBytes(part)) - 46;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[(directory + 24)..], size);
    }

    private static void Part(ZipArchive zip, string name, Action<TextWriter> write)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name, CompressionLevel.SmallestSize).Open());
        write(writer);
    }
}
