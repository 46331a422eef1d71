using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using InfluencerCrm.Api.Tests.Guide;

namespace InfluencerCrm.Api.Tests.Demo;

/// <summary>Does what <c>api-docs/demo.md</c> tells a stranger to do, on a fresh sample agency.</summary>
public sealed partial class DemoWalkTests
{
    private static readonly JsonSerializerOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task EveryCommand_AnswersAsTheTextSays()
    {
        await using var app = await CrmApp.StartAsync("Sqlite", null, null, "--demo");
        var walk = new Walk("api-docs/demo.md", new(StringComparer.Ordinal) { ["KEY"] = CrmApp.AdminKey, ["API"] = app.Address.ToString().TrimEnd('/') });
        var checks = 0;

        var sent = await walk.RunAsync(
            step =>
            {
                Assert.True(step.Answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, $"{step.Command}\nanswered {(int)step.Answer.Status}: {step.Answer.Text}");
                var answer = JsonNode.Parse(step.Answer.Text)!;
                Assert.False(answer["value"] is JsonArray { Count: 0 }, $"{step.Command}\nfound nothing");
                var plain = PrintedAnswer.Plain(answer.ToJsonString(Plainly));
                foreach (Match comment in Comment().Matches(step.Behind))
                {
                    foreach (var word in comment.Groups[2].Value.Split('|', StringSplitOptions.TrimEntries))
                    {
                        checks++;
                        Check(comment.Groups[1].Value, word, plain, answer, walk, step.Command);
                    }
                }
            },
            TestContext.Current.CancellationToken);

        Assert.InRange(sent, 20, 60);
        Assert.True(checks > 2 * sent - 10, $"only {checks} checks");
    }

    private static void Check(string kind, string word, string plain, JsonNode answer, Walk walk, string command)
    {
        if (kind == "gives")
        {
            var (name, path) = (word.Split('=')[0].Trim(), word.Split('=')[1].Trim());
            JsonNode? node = answer;
            foreach (Match step in Path().Matches(path))
            {
                node = int.TryParse(step.Value, out var at) ? node![at] : node![step.Value];
            }

            walk.Give(name, node?.ToString() ?? throw new InvalidOperationException($"{command}\ngives no {path}"));
            return;
        }

        var expected = PrintedAnswer.Plain(word.StartsWith('$') ? walk.Known[word[1..]] : word);
        Assert.True(plain.Contains(expected, StringComparison.Ordinal) == (kind == "holds"), $"{command}\n{(kind == "holds" ? "lacks" : "holds")} {expected}:\n{plain}");
    }

    [GeneratedRegex("<!-- (holds|lacks|gives): (.*?) -->")]
    private static partial Regex Comment();

    [GeneratedRegex(@"[^.\[\]]+")]
    private static partial Regex Path();
}
