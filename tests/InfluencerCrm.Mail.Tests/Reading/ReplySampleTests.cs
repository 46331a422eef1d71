using System.Text.Json.Nodes;
using InfluencerCrm.Core.Inbound;
using Xunit;

namespace InfluencerCrm.Mail.Tests.Reading;

/// <summary>Replies gathered by others, and the part of each that is new; see the README beside them.</summary>
public sealed class ReplySampleTests
{
    public static TheoryData<string> Ids => [.. Rows().Select(r => r["id"]!.GetValue<string>())];

    [Theory]
    [MemberData(nameof(Ids))]
    public void ASample_KeepsWhatIsNew(string id)
    {
        var row = Rows().Single(r => r["id"]!.GetValue<string>() == id);
        var input = row["input"]!.GetValue<string>();

        var reading = row["format"]!.GetValue<string>() switch
        {
            "eml" => ReadMails.Read(input),
            "html" => ReadMails.Read($"From: a@paper.example\nTo: b@agency.example\nSubject: Re: x\nContent-Type: text/html; charset=utf-8\n\n{input}"),
            _ => ReadMails.Written(input),
        };

        Assert.Equal(InboundKind.Reply, reading.Kind);
        var expected = row["expected_reply"]!.GetValue<string>();
        if (row["compare"] is null) Assert.Equal(expected.Trim(), reading.ReplyText);
        else Assert.Equal(WithoutSpace(expected), WithoutSpace(reading.ReplyText!));
    }

    private static string WithoutSpace(string text) => new([.. text.Where(c => !char.IsWhiteSpace(c))]);

    private static IEnumerable<JsonObject> Rows() => File.ReadLines(Path.Combine(ReadMails.Folder("replies"), "samples.jsonl")).Where(l => l.Length > 0).Select(l => JsonNode.Parse(l)!.AsObject());
}
