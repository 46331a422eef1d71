using System.Text.RegularExpressions;

namespace InfluencerCrm.Api.Tests.Contract;

/// <summary>
/// The contract is checked in, so that a change of it is seen in review. After a wanted change run the tests with
/// <c>INFLUENCERCRM_UPDATE_SNAPSHOTS=1</c> and review the difference.
/// </summary>
public sealed partial class SnapshotTests : ApiTest
{
    [Fact]
    public async Task Metadata_IsWhatIsCheckedIn() => await CompareAsync("metadata.xml", Indented(await ReadAsync("odata/$metadata")));

    [Fact]
    public async Task OpenApi_IsWhatIsCheckedIn() => await CompareAsync("openapi.json", IndentedJson(await ReadAsync("swagger/v1/openapi.json")));

    [Fact]
    public async Task EveryErrorCodeThatIsThrown_IsExplained()
    {
        var explained = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "api-docs", "errors.md"), Ct);
        var thrown = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(f => Thrown().Matches(File.ReadAllText(f)).Select(m => m.Groups["code"].Value))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();

        Assert.NotEmpty(thrown);
        Assert.DoesNotContain(thrown, code => !explained.Contains($"`{code}`", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Internals_AreNotInTheContract()
    {
        var metadata = await ReadAsync("odata/$metadata");

        foreach (var secret in new[] { "passwordHash", "securityStamp", "keyHash", "searchText", "claimToken", "leaseUntil", "addressKey", "protectedPassword", "erasedAt", "\"token\"" })
        {
            Assert.DoesNotContain(secret, metadata, StringComparison.OrdinalIgnoreCase);
        }
    }

    [GeneratedRegex("new (?:Core\\.Errors\\.)?(?:Conflict|RuleViolation|Malformed)\\(\\s*\"(?<code>[a-zA-Z]+)\"")]
    private static partial Regex Thrown();

    private static async Task CompareAsync(string name, string served)
    {
        var file = Path.Combine(Repository.Root, "api-docs", name);
        served = served.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("INFLUENCERCRM_UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(file, served, Ct);
        }

        Assert.Equal(await File.ReadAllTextAsync(file, Ct), served);
    }

    private async Task<string> ReadAsync(string url) => await App.Admin.GetStringAsync(new Uri(url, UriKind.Relative), Ct);

    // Served without white space; line by line here, so that a difference can be read.
    private static string IndentedJson(string json) => Reference().Replace(System.Text.Json.Nodes.JsonNode.Parse(json)!.ToJsonString(Readable), "{ $1 }");

    // A bare reference on one line: a third of the lines, and none is missed.
    [GeneratedRegex("\\{\\s+(\"\\$ref\": \"[^\"]+\")\\s+\\}")]
    private static partial Regex Reference();

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    private static string Indented(string xml) => System.Xml.Linq.XDocument.Parse(xml).ToString();
}
