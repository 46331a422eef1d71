using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace InfluencerCrm.TestKit.Imap;

/// <summary>
/// An inbox that misbehaves on order, for faults that Dovecot cannot show. The script sees each command line of a connection (from 1) and
/// names the answer; null: as it should be.
/// </summary>
public sealed partial class ScriptedImapServer : IAsyncDisposable
{
    /// <summary>Cut the connection without an answer.</summary>
    public const string Drop = "DROP";

    /// <summary>Say nothing and keep the connection.</summary>
    public const string Silence = "SILENCE";

    private readonly LoopbackListener listener;
    private readonly ConcurrentDictionary<int, string> mails = new();
    private readonly Func<string, int, string?> script;
    private int connections;

    public ScriptedImapServer(Func<string, int, string?> script)
    {
        this.script = script;
        listener = new LoopbackListener(socket => ConverseAsync(socket, Interlocked.Increment(ref connections)));
    }

    public int Port => listener.Port;

    public int Connections => connections;

    /// <summary>Every command line of all connections, without its tag.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>How the product finds it.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Mail:Inbox:Host"] = "127.0.0.1",
        ["Mail:Inbox:Port"] = Port.ToString(CultureInfo.InvariantCulture),
        ["Mail:Inbox:UserName"] = "press",
        ["Mail:Inbox:Password"] = "secret",
        ["Mail:Inbox:Security"] = "None",
    };

    public void Deliver(string mail) => mails[mails.Count + 1] = mail.ReplaceLineEndings("\r\n");

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    private async Task ConverseAsync(Socket socket, int number)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        try
        {
            await SayAsync("* OK [CAPABILITY IMAP4rev1 IDLE SASL-IR AUTH=PLAIN] ready\r\n");
            while (await reader.ReadLineAsync(listener.Stopped) is { } line)
            {
                var tag = line.Split(' ')[0];
                var command = line[(tag.Length < line.Length ? tag.Length + 1 : tag.Length)..];
                Commands.Enqueue(command);
                var answer = script(command, number) ?? Usual(command);
                if (answer == Drop) return;
                if (answer == Silence) continue;
                if (command == "IDLE")
                {
                    await SayAsync("+ idling\r\n");
                    while (await reader.ReadLineAsync(listener.Stopped) is { } done && done != "DONE") Commands.Enqueue(done);
                    await SayAsync($"{tag} OK done\r\n");
                    continue;
                }

                await SayAsync(answer.StartsWith("NO", StringComparison.Ordinal) ? $"{tag} {answer}\r\n" : $"{answer}{tag} OK {(command.StartsWith("EXAMINE", StringComparison.Ordinal) ? "[READ-ONLY] " : "")}done\r\n");
                if (command == "LOGOUT") return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client hung up, or the test is over.
        }

        async Task SayAsync(string words) => await stream.WriteAsync(Encoding.Latin1.GetBytes(words), listener.Stopped);
    }

    private string Usual(string command)
    {
        var words = command.Split(' ');
        return words[0] switch
        {
            "CAPABILITY" => "* CAPABILITY IMAP4rev1 IDLE SASL-IR AUTH=PLAIN\r\n",
            "LIST" => "* LIST (\\HasNoChildren) \"/\" INBOX\r\n",
            "EXAMINE" => $"* {mails.Count} EXISTS\r\n* 0 RECENT\r\n* FLAGS ()\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT {mails.Count + 1}] ok\r\n",
            "LOGOUT" => "* BYE bye\r\n",
            "UID" when words[1] == "SEARCH" => $"* {mails.Count} EXISTS\r\n* SEARCH {string.Join(' ', mails.Keys.Order())}\r\n",
            "UID" when words[1] == "FETCH" => string.Concat(Uids(words[2]).Where(mails.ContainsKey).Select(u => Fetched(u, command))),
            _ => "",
        };
    }

    private string Fetched(int uid, string command)
    {
        var mail = mails[uid];
        if (!command.Contains("BODY.PEEK[", StringComparison.Ordinal)) return $"* {uid} FETCH (UID {uid} RFC822.SIZE {mail.Length})\r\n";
        var section = Section().Match(command).Groups[1].Value;
        var text = section == "HEADER" ? mail[..(mail.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)] : mail;
        return $"* {uid} FETCH (UID {uid} BODY[{section}]{(command.Contains("<0.", StringComparison.Ordinal) ? "<0>" : "")} {{{text.Length}}}\r\n{text})\r\n";
    }

    private static IEnumerable<int> Uids(string set) => set.Split(',').SelectMany(part =>
    {
        var ends = part.Split(':').Select(e => int.Parse(e, CultureInfo.InvariantCulture)).ToArray();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    });

    [GeneratedRegex("BODY\\.PEEK\\[([A-Z]*)\\]")]
    private static partial Regex Section();
}
