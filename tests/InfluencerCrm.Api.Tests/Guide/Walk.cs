using System.Text.RegularExpressions;

namespace InfluencerCrm.Api.Tests.Guide;

/// <summary>A command of a document with its answer, and the text between its block and the next one if it is the block's last.</summary>
internal sealed record WalkedStep(string Command, CurlAnswer Answer, string Behind);

/// <summary>Does what a document tells its reader to do: each command of its <c>sh</c> blocks, in order, with values handed on from answer to answer.</summary>
/// <param name="document">Path from the root of the repository.</param>
/// <param name="known">Values of variables, from the start; grows.</param>
/// <param name="elsewhere">Says of a command that is no request whether it has been seen to; one that has not fails the walk.</param>
internal sealed partial class Walk(string document, Dictionary<string, string> known, Func<string, Task<bool>>? elsewhere = null)
{
    private readonly HashSet<string> _given = [.. known.Keys];
    private CurlAnswer? _last;

    public IReadOnlyDictionary<string, string> Known => known;

    public static string TextOf(string document) => File.ReadAllText(Path.Combine(Repository.Root, document)).ReplaceLineEndings("\n");

    /// <param name="check">What the answer has to be; runs before the next command.</param>
    /// <param name="ct">Ends the walk.</param>
    /// <returns>How many requests were sent.</returns>
    public async Task<int> RunAsync(Action<WalkedStep> check, CancellationToken ct)
    {
        var text = TextOf(document);
        var blocks = Block().Matches(text);
        var sent = 0;
        for (var i = 0; i < blocks.Count; i++)
        {
            var behind = text[(blocks[i].Index + blocks[i].Length)..(i + 1 < blocks.Count ? blocks[i + 1].Index : text.Length)];
            var commands = Shell.Commands(blocks[i].Groups[1].Value);
            foreach (var command in commands)
            {
                if (Assignment().Match(command) is { Success: true } assignment)
                {
                    Assign(assignment.Groups[1].Value, assignment.Groups[2].Value);
                }
                else if (command.StartsWith("curl ", StringComparison.Ordinal))
                {
                    sent++;
                    _last = await Curl.RunAsync(Shell.Words(command, known), ct);
                    check(new WalkedStep(command, _last, ReferenceEquals(command, commands[^1]) ? behind : ""));
                }
                else
                {
                    Assert.True(elsewhere is not null && await elsewhere(command), $"{document}: nobody knows how to run {command}");
                }
            }
        }

        return sent;
    }

    /// <summary>Sets a variable that later commands use.</summary>
    public void Give(string name, string value)
    {
        known[name] = value;
        _given.Add(name);
    }

    private void Assign(string name, string value)
    {
        if (_given.Contains(name))
        {
            return;
        }

        if (Blank().Match(value) is not { Success: true } blank)
        {
            known[name] = Assert.Single(Shell.Words(value, known));
            return;
        }

        var sought = blank.Groups[1].Value;
        Assert.True(_last is not null, $"{document}: {name} is taken from an answer, and there is none before it");
        known[name] = (_last.Text.StartsWith('{') ? Find(JsonNode.Parse(_last.Text)!, sought) : null)
            ?? (_last.Headers.TryGetValue(sought, out var header) ? header : throw new InvalidOperationException($"{document}: the answer has no {sought} for {name}: {_last.Text}"));
    }

    /// <summary>The first member of that name, from the top down, as a reader would look for it.</summary>
    private static string? Find(JsonNode node, string name) => node switch
    {
        JsonObject row => row[name]?.ToString() ?? row.Select(m => m.Value is null ? null : Find(m.Value, name)).FirstOrDefault(found => found is not null),
        JsonArray rows => rows.Select(r => r is null ? null : Find(r, name)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    [GeneratedRegex("```sh\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^([A-Z_]+)=((?:'[^']*'|[^\s'])+|….*…)$")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^'?…(?:the|his|its) (@?[\w.-]+).*…'?$")]
    private static partial Regex Blank();
}
