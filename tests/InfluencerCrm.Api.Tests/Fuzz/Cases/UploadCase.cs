using System.IO.Compression;
using System.Text;

namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary>Files that are none, and forms that do not end, wherever a form is taken.</summary>
internal sealed class UploadCase : FuzzCase
{
    public override int Weight => 4;

    public override FuzzRequest Make(Dice dice)
    {
        var target = dice.Pick("/api/imports", "/api/imports", "/api/imports?dryRun=true", "/api/imports?format=xlsx", "/api/imports?format=vcard", "/api/imports?format=opml", "/api/imports?kind=nope", "/api/imports?preset=nope", "/api/imports?dryRun=true&dryRun=false", "/api/imports?x=%00", "/api/archive", "/api/stories/1/assets", "/api/stories/99999999999/assets", "/odata/influencers", "/odata/$batch");
        var file = dice.One(
            () => [],
            () => dice.Bytes(dice.Next(2000)),
            () => "\0\0\0\0"u8.ToArray(),
            () => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. dice.Bytes(600)],
            () => Mutator.Bytes(dice, Zip("[Content_Types].xml", "<Types/>")),
            () => Zip("xl/workbook.xml", "<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>"),
            () => Zip("../../evil", "x"),
            () => Zip("manifest.json", "{\"format\":99}"),
            () => "<opml><!DOCTYPE x></opml>"u8.ToArray());
        var disposition = dice.Pick("form-data; name=\"file\"; filename=\"a.csv\"", "form-data; name=\"file\"; filename=\"../../a.xlsx\"", "form-data; name=file", "form-data; name=\"\"", "form-data", "", "attachment; filename=a", "form-data; name=\"columns\"", $"form-data; name=\"file\"; filename=\"{new string('x', 5000)}\"", "form-data; name=\"file\"; filename*=UTF-8''%00%ff", "form-data; name=\"file\"; filename=\"a\0b.csv\"");
        var boundary = dice.Pick("b", "b", "b", "", "other", new string('b', 100));
        byte[] body = [.. Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition: {disposition}\r\nContent-Type: {dice.Pick("text/csv", "x", "", "application/zip", "text/vcard")}\r\n\r\n"), .. file, .. Encoding.UTF8.GetBytes(dice.Pick("\r\n--b--\r\n", "\r\n--b--", "\r\n--b\r\n", "", "\r\n--b\r\n\r\n"))];

        // What could be taken as a file comes with a key that may not send one.
        return new FuzzRequest("POST", target) { AsReader = !target.Contains("nope", StringComparison.Ordinal) && !target.Contains("x=", StringComparison.Ordinal) && !target.StartsWith("/odata", StringComparison.Ordinal) && file.Length > 0 && disposition.Contains("file", StringComparison.Ordinal) && boundary == "b" && dice.Chance(50), Body = body }
            .With("Content-Type", dice.Chance(90) ? $"multipart/form-data; boundary={boundary}" : dice.Pick("multipart/form-data", "application/zip", "text/csv", "application/octet-stream", "multipart/form-data; boundary=\"b"))
            .With("Accept", "application/json");
    }

    private static byte[] Zip(string name, string content)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(Encoding.UTF8.GetBytes(content));
        }

        return bytes.ToArray();
    }
}
