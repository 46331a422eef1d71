using System.Text.RegularExpressions;

namespace InfluencerCrm.Api.Tests.Guide;

/// <summary>What the documents show is what the product does: their requests are sent, and the answers that they print are held against the real ones.</summary>
public sealed partial class DocumentTests
{
    /// <summary>The day of the sample agency in the documents.</summary>
    private static readonly string[] Sample = ["--demo", "--demo-date", "2026-03-02"];

    private static readonly Dictionary<string, string?> Settings = new() { ["Cors:Origins"] = "https://app.example.org", ["Limits:AnonymousPerMinute"] = "120" };

    public static TheoryData<string, string, int> Documents => new(
        from provider in TestDatabase.Providers
        from document in new[] { ("api-docs/guide.md", 40), ("api-docs/excel-power-bi.md", 6), ("api-docs/versioning.md", 3) }
        select (provider, document.Item1, document.Item2));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task EveryRequest_IsAnsweredAsPrinted(string provider, string document, int least)
    {
        await using var app = await CrmApp.StartAsync(provider, Settings, null, Sample);
        var differences = new List<string>();

        var sent = await new Walk(document, Known(app), ScriptsOf).RunAsync(
            step =>
            {
                var printed = PrintedAnswer.Behind(step.Behind) ?? throw new InvalidOperationException($"{document}: no answer is printed behind {step.Command}");
                if (PrintedAnswer.Difference(printed.Language, printed.Text, step.Answer) is { } difference)
                {
                    differences.Add($"{difference}\n  {step.Command}\n  {step.Answer.Text}");
                }
            },
            Ct);

        Assert.True(differences.Count == 0, string.Join("\n\n", differences));
        Assert.True(sent >= least, $"only {sent} requests");

        // No block goes unseen: one of another kind, or an answer that belongs to no request.
        var fences = Fence().Matches(Walk.TextOf(document)).Select(f => f.Groups[1].Value).Where((_, i) => i % 2 == 0).ToList();
        Assert.DoesNotContain(fences, f => f is not ("sh" or "json" or "http" or "csv" or "text" or "powerquery"));
        Assert.Equal(sent, fences.Count(f => f is "json" or "http" or "csv" or "text"));
    }

    [Fact]
    public async Task EveryRequestOfTheReadme_Works()
    {
        await using var app = await CrmApp.StartAsync("Sqlite", null, null, "--demo");

        var sent = await new Walk("README.md", Known(app), async command => await ScriptsOf(command) || (command == "ls data/outbox" && await MailsLeaveAsync(app))).RunAsync(
            step => Assert.True((int)step.Answer.Status is >= 200 and < 300 && step.Answer.Text.Length > 0, $"{step.Command}\nanswered {(int)step.Answer.Status}: {step.Answer.Text}"),
            Ct);

        Assert.True(sent >= 10, $"only {sent} requests");
    }

    /// <summary>Power Query cannot run here; what its queries ask for can be asked.</summary>
    [Fact]
    public async Task EveryAddressInPowerQuery_Answers()
    {
        await using var app = await CrmApp.StartAsync("Sqlite", null, null, Sample);
        var found = Query().Matches(Walk.TextOf("api-docs/excel-power-bi.md")).SelectMany(block => Address().Matches(block.Groups[1].Value)).Select(a => a.Groups[1].Value).ToList();

        foreach (var address in found)
        {
            var answer = await Curl.RunAsync(["curl", "-u", $"excel:{CrmApp.AdminKey}", app.Address.ToString().TrimEnd('/') + address], Ct);
            Assert.True(answer.Status == HttpStatusCode.OK, $"{address}\nanswered {(int)answer.Status}: {answer.Text}");
        }

        Assert.True(found.Count >= 3, $"only {found.Count} addresses");
    }

    private static Dictionary<string, string> Known(CrmApp app) => new(StringComparer.Ordinal) { ["KEY"] = CrmApp.AdminKey, ["API"] = app.Address.ToString().TrimEnd('/') };

    // Started by whoever reads; what they do has tests of its own.
    private static Task<bool> ScriptsOf(string command) =>
        Task.FromResult(Script().Match(command) is { Success: true } script && File.Exists(Path.Combine(Repository.Root, script.Groups[1].Value)));

    private static async Task<bool> MailsLeaveAsync(CrmApp app)
    {
        var outbox = Path.Combine(app.Folder, "outbox");
        while (!Directory.Exists(outbox) || Directory.GetFiles(outbox, "*.eml").Length == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ct);
        }

        return true;
    }

    [GeneratedRegex(@"^(?:\w+=(?:'[^']*'|\S+)\s+)*\./(scripts/[\w-]+\.sh)(?:\s|$)")]
    private static partial Regex Script();

    [GeneratedRegex("^```(.*)$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("```powerquery\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Query();

    [GeneratedRegex("\"http://localhost:5080(/[^\"]*)\"")]
    private static partial Regex Address();
}
