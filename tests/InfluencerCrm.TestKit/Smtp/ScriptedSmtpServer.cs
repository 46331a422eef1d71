using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace InfluencerCrm.TestKit.Smtp;

/// <summary>
/// A server that misbehaves on order, for faults that smtp-sink cannot show. The script names the answer to each step of a
/// connection (<c>CONNECT</c>, <c>EHLO</c>, <c>MAIL</c>, <c>RCPT</c>, <c>DATA</c>, <c>AFTER354</c>, <c>BDAT</c>, <c>.</c>, <c>RSET</c>, <c>QUIT</c>); null: as it should be.
/// </summary>
public sealed class ScriptedSmtpServer : IAsyncDisposable
{
    /// <summary>Cut the connection without an answer; at BDAT: after half of the data.</summary>
    public const string Drop = "DROP";

    /// <summary>Say nothing and keep the connection.</summary>
    public const string Silence = "SILENCE";

    /// <summary>Appended to an answer: give it, then hang up.</summary>
    public const string ThenDrop = " DROP";

    private readonly LoopbackListener listener;
    private readonly Func<string, int, string?> script;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> reached = new();

    /// <param name="script">The answer to a step on the n-th connection (from 1).</param>
    /// <param name="extensions">What EHLO offers.</param>
    public ScriptedSmtpServer(Func<string, int, string?> script, params string[] extensions)
    {
        this.script = script;
        Extensions = extensions.Length > 0 ? extensions : ["PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES"];
        listener = new LoopbackListener(socket => ConverseAsync(socket, ++Connections));
    }

    public int Port => listener.Port;

    public IReadOnlyList<string> Extensions { get; }

    /// <summary>Every command line of all connections.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>Messages taken, dots still stuffed.</summary>
    public ConcurrentQueue<string> Messages { get; } = new();

    public int Connections { get; private set; }

    /// <summary>Ends when the step was reached.</summary>
    public Task ReachedAsync(string step) => Signal(step).Task;

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    private TaskCompletionSource Signal(string step) =>
        reached.GetOrAdd(step, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task ConverseAsync(Socket socket, int number)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        try
        {
            var goOn = await AnswerAsync("CONNECT", "220 scripted ESMTP");
            while (goOn && await reader.ReadLineAsync(listener.Stopped) is { } line)
            {
                Commands.Enqueue(line);
                var step = line.Split(' ')[0].ToUpperInvariant();
                goOn = step switch
                {
                    "EHLO" => await AnswerAsync(step, "250-scripted\r\n" + string.Join("\r\n", Extensions.Select((e, i) => $"250{(i == Extensions.Count - 1 ? ' ' : '-')}{e}"))),
                    "DATA" => await AnswerAsync(step, "354 go on") && await TakeDataAsync(),
                    "BDAT" => await TakeChunkAsync(int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)),
                    "QUIT" => await AnswerAsync(step, "221 2.0.0 bye") && false,
                    _ => await AnswerAsync(step, "250 2.0.0 ok"),
                };
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client hung up, or the test is over.
        }

        async Task<bool> TakeDataAsync()
        {
            if (script("DATA", number) is { } refused && !refused.StartsWith('3')) return true;
            var message = new StringBuilder();
            if (script("AFTER354", number) is not null)
            {
                // The client has surely read the 354 when its first line is here.
                await reader.ReadLineAsync(listener.Stopped);
                return await AnswerAsync("AFTER354", "");
            }

            while (await reader.ReadLineAsync(listener.Stopped) is { } line && line != ".") message.Append(line).Append("\r\n");
            Messages.Enqueue(message.ToString());
            return await AnswerAsync(".", "250 2.0.0 queued");
        }

        async Task<bool> TakeChunkAsync(int size)
        {
            var bytes = new char[script("BDAT", number) == Drop ? size / 2 : size];
            await reader.ReadBlockAsync(bytes, listener.Stopped);
            Messages.Enqueue(new string(bytes));
            return await AnswerAsync("BDAT", "250 2.0.0 queued");
        }

        async Task<bool> AnswerAsync(string step, string usual)
        {
            var answer = script(step, number) ?? usual;
            Signal(step).TrySetResult();
            if (answer == Silence) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, listener.Stopped);
            if (answer == Drop) return false;
            var goOn = !answer.EndsWith(ThenDrop, StringComparison.Ordinal);
            if (!goOn) answer = answer[..^ThenDrop.Length];
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer + "\r\n"), listener.Stopped);
            return goOn;
        }
    }
}
