using System.Globalization;
using System.Text.Json.Nodes;
using InfluencerCrm.Core.Inbound;
using Xunit;

namespace InfluencerCrm.Mail.Tests.Reading;

/// <summary>Real mails of many mail systems, gathered and judged by others; see the README beside them.</summary>
public sealed class BounceSampleTests
{
    public static TheoryData<string> Files => [.. Rows().Select(r => r["file"]!.GetValue<string>())];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task ASample_IsReadAsItsRowSays(string file)
    {
        var row = Rows().Single(r => r["file"]!.GetValue<string>() == file);

        var reading = ReadMails.Read(await File.ReadAllBytesAsync(Path.Combine(ReadMails.Folder("bounces"), file), TestContext.Current.CancellationToken));

        Assert.Contains(reading.Kind, Kinds(row));
        if (reading.Kind is not (InboundKind.Bounce or InboundKind.Delay)) return;
        foreach (var fact in row["facts"]!.AsArray())
        {
            var found = Assert.Single(reading.Recipients, r => r.Recipient == fact!["recipient"]!.GetValue<string>());
            Assert.Equal(fact!["hard"]!.GetValue<bool>(), found.Type == BounceType.Hard);

            // 5.0.9xx and 5.5.0 are the collection's own words for what the mail does not say.
            var status = fact["status"]?.GetValue<string>();
            if (!string.IsNullOrEmpty(status) && !status.StartsWith("5.0.9", StringComparison.Ordinal) && status != "5.5.0") Assert.Equal(status, found.Status);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task ASample_NamesTheMailThatCameBack(string file)
    {
        var row = Rows().Single(r => r["file"]!.GetValue<string>() == file);
        var expected = row["original_message_id"]?.GetValue<string>();

        var reading = ReadMails.Read(await File.ReadAllBytesAsync(Path.Combine(ReadMails.Folder("bounces"), file), TestContext.Current.CancellationToken));

        // Where the row has none, or one that the collection took from elsewhere, there is nothing to compare.
        if (expected is not null && expected.Contains('@', StringComparison.Ordinal)) Assert.Contains(expected, reading.Clues);
    }

    [Fact]
    public async Task TheTable_ByClass()
    {
        var table = new SortedDictionary<string, (int Right, int All)>(StringComparer.Ordinal);
        foreach (var row in Rows())
        {
            var reading = ReadMails.Read(await File.ReadAllBytesAsync(Path.Combine(ReadMails.Folder("bounces"), row["file"]!.GetValue<string>()), TestContext.Current.CancellationToken));
            var kind = row["kind"]!.GetValue<string>();
            var (right, all) = table.GetValueOrDefault(kind);
            table[kind] = (right + (Kinds(row).Contains(reading.Kind) ? 1 : 0), all + 1);
        }

        foreach (var (kind, (right, all)) in table) TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{kind}: {right} of {all}"));
        Assert.All(table.Values, t => Assert.Equal(t.All, t.Right));
    }

    private static IEnumerable<JsonObject> Rows() => File.ReadLines(Path.Combine(ReadMails.Folder("bounces"), "expected.jsonl")).Where(l => l.Length > 0).Select(l => JsonNode.Parse(l)!.AsObject());

    private static InboundKind[] Kinds(JsonObject row) =>
        [.. (row["kind_also_right"]?.AsArray().Select(k => k!.GetValue<string>()) ?? []).Append(row["kind"]!.GetValue<string>()).Select(Kind)];

    private static InboundKind Kind(string word) => word switch
    {
        "bounce" => InboundKind.Bounce,
        "delay" => InboundKind.Delay,
        "autoreply" => InboundKind.AutoReply,
        "feedback" => InboundKind.Complaint,
        _ => InboundKind.Other,
    };
}
