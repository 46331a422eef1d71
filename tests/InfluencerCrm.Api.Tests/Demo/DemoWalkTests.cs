using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace InfluencerCrm.Api.Tests.Demo;

/// <summary>Does what <c>api-docs/demo.md</c> tells a stranger to do, on a fresh sample agency.</summary>
public sealed partial class DemoWalkTests
{
    private static readonly JsonSerializerOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryCommand_AnswersAsTheTextSays()
    {
        await using var app = await CrmApp.StartAsync("Sqlite", null, null, "--demo");
        var known = new Dictionary<string, string>(StringComparer.Ordinal) { ["KEY"] = CrmApp.AdminKey, ["API"] = app.Address.ToString().TrimEnd('/') };
        var checks = 0;
        var steps = Steps();
        foreach (var (command, comments) in steps)
        {
            var (status, text) = await RunAsync(command, known);
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Created, $"{command}\nanswered {(int)status}: {text}");
            var answer = JsonNode.Parse(text)!;
            Assert.False(answer["value"] is JsonArray { Count: 0 }, $"{command}\nfound nothing");
            var plain = Plain(answer.ToJsonString(Plainly));
            foreach (Match comment in Comment().Matches(comments))
            {
                foreach (var word in comment.Groups[2].Value.Split('|', StringSplitOptions.TrimEntries))
                {
                    checks++;
                    Check(comment.Groups[1].Value, word, plain, answer, known, command);
                }
            }
        }

        Assert.InRange(steps.Count, 20, 60);
        Assert.True(checks > 2 * steps.Count - 10, $"only {checks} checks");
    }

    [Fact]
    public void Reader_TakesACommandApartAsAShellDoes()
    {
        var words = Words("""curl -sG "$A/x(\$it)" -d '{"a": '$B', "b": "$A"}'""" + " \\\n --next", new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" });

        Assert.Equal(["curl", "-sG", "1/x($it)", """{"a": 2, "b": "$A"}""", "--next"], words.Where(w => w != "-d"));
    }

    private static void Check(string kind, string word, string plain, JsonNode answer, Dictionary<string, string> known, string command)
    {
        if (kind == "gives")
        {
            var (name, path) = (word.Split('=')[0].Trim(), word.Split('=')[1].Trim());
            JsonNode? node = answer;
            foreach (Match step in Path().Matches(path))
            {
                node = int.TryParse(step.Value, out var at) ? node![at] : node![step.Value];
            }

            known[name] = node?.ToString() ?? throw new InvalidOperationException($"{command}\ngives no {path}");
            return;
        }

        var expected = Plain(word.StartsWith('$') ? known[word[1..]] : word);
        Assert.True(plain.Contains(expected, StringComparison.Ordinal) == (kind == "holds"), $"{command}\n{(kind == "holds" ? "lacks" : "holds")} {expected}:\n{plain}");
    }

    /// <summary>The commands of the document, each with the comments behind it.</summary>
    private static List<(string Command, string Comments)> Steps()
    {
        var text = File.ReadAllText(System.IO.Path.Combine(Repository.Root, "api-docs", "demo.md")).ReplaceLineEndings("\n");
        var blocks = Block().Matches(text);
        var steps = new List<(string, string)>();
        for (var i = 0; i < blocks.Count; i++)
        {
            var end = i + 1 < blocks.Count ? blocks[i + 1].Index : text.Length;
            var from = blocks[i].Index + blocks[i].Length;
            var command = string.Join('\n', blocks[i].Groups[1].Value.Split('\n').Where(l => !Given().IsMatch(l)));
            if (command.Trim().Length > 0)
            {
                Assert.Single(Regex.Matches(command, @"\bcurl\b"));
                steps.Add((command.Trim(), text[from..end]));
            }
        }

        return steps;
    }

    private static async Task<(HttpStatusCode Status, string Text)> RunAsync(string command, Dictionary<string, string> known)
    {
        using var request = new HttpRequestMessage();
        var query = new List<string>();
        string? body = null;
        string? url = null;
        var words = new Queue<string>(Words(command, known).Skip(1));
        var headers = new List<string>();
        while (words.TryDequeue(out var word))
        {
            switch (word)
            {
                case "-s" or "-sG":
                    break;
                case "-H":
                    headers.Add(words.Dequeue());
                    break;
                case "-d":
                    body = words.Dequeue();
                    break;
                case "--data-urlencode":
                    var pair = words.Dequeue().Split('=', 2);
                    query.Add(pair[0] + "=" + Uri.EscapeDataString(pair[1]));
                    break;
                default:
                    Assert.StartsWith("http", word, StringComparison.Ordinal);
                    url = word;
                    break;
            }
        }

        request.Method = body is null ? HttpMethod.Get : HttpMethod.Post;
        request.RequestUri = new Uri(query.Count == 0 ? url! : url + "?" + string.Join('&', query));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var header in headers.Where(h => !h.StartsWith("Content-Type", StringComparison.Ordinal)))
        {
            request.Headers.Add(header.Split(':')[0], header.Split(':', 2)[1].Trim());
        }

        using var client = new HttpClient();
        using var response = await client.SendAsync(request, Ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    /// <summary>Quotes, backslashes and variables as a shell reads them; nothing else of it.</summary>
    private static List<string> Words(string command, Dictionary<string, string> known)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        var open = false;
        for (var i = 0; i < command.Length; i++)
        {
            var c = command[i];
            if (quote == '\'' ? c != '\'' : c == '\\')
            {
                // Inside single quotes all is meant as written; elsewhere a backslash takes the next character's meaning, and both where a line ends.
                c = quote == '\'' ? c : command[++i];
                _ = c == '\n' && quote == '\0' ? word : word.Append(c);
                open |= c != '\n';
            }
            else if (c is '\'' or '"' && (quote == '\0' || quote == c))
            {
                quote = quote == '\0' ? c : '\0';
                open = true;
            }
            else if (c == '$' && Variable().Match(command, i) is { Success: true } name)
            {
                word.Append(known[name.Groups[1].Value]);
                open = true;
                i += name.Length - 1;
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                Close();
            }
            else
            {
                word.Append(c);
                open = true;
            }
        }

        Close();
        return words;

        void Close()
        {
            if (open)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            open = false;
        }
    }

    // The document is written without the typography of the texts; JSON escapes some of it.
    private static string Plain(string text) => Space().Replace(text, " ").Replace('’', '\'');

    [GeneratedRegex(@"\u00A0|\u202F|\\u00A0|\\u202F")]
    private static partial Regex Space();

    [GeneratedRegex("```sh\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^[A-Z_]+=")]
    private static partial Regex Given();

    [GeneratedRegex("<!-- (holds|lacks|gives): (.*?) -->")]
    private static partial Regex Comment();

    [GeneratedRegex(@"[^.\[\]]+")]
    private static partial Regex Path();

    [GeneratedRegex(@"\G\$([A-Z_]+)")]
    private static partial Regex Variable();
}
