using System.Collections.Concurrent;
using System.Globalization;
using InfluencerCrm.Api.Tests.Fuzz.Cases;

namespace InfluencerCrm.Api.Tests.Fuzz;

/// <summary>Makes, sends and judges the requests of one seed, over several connections.</summary>
internal sealed class FuzzRun(CrmApp app, string adminKey, string readerKey, OpenApiPaths paths, int seed)
{
    private const int Connections = 8;

    /// <summary>Every so many requests one is large.</summary>
    private const int LargeEvery = 2_000;

    /// <summary>Longer than the product's own limit of a query (30 seconds), which is answered: who waits until here is not told anything.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IReadOnlyList<FuzzCase> _cases = [.. FuzzCase.All(paths).SelectMany(c => Enumerable.Repeat(c, c.Weight))];
    private readonly ConcurrentBag<(int Number, string Reason)> _failures = [];
    private readonly ConcurrentBag<(TimeSpan Taken, int Number)> _times = [];
    private readonly ConcurrentDictionary<(string Case, int Status), int> _counts = new();
    private readonly ConcurrentBag<int> _writes = [];

    /// <summary>Numbers of the requests that were not to write and were answered as if they had.</summary>
    public IReadOnlyCollection<int> Writes => _writes;

    public async Task SendAsync(int first, int count, CancellationToken ct)
    {
        var next = first - 1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            using var connection = new RawConnection(app.Address);
            for (var number = Interlocked.Increment(ref next); number < first + count; number = Interlocked.Increment(ref next))
            {
                await SendAsync(connection, number, ct);
            }
        }));
    }

    /// <summary>What a person needs to know: how many of what, the slowest, and each kind of failure with a request to repeat it.</summary>
    public string Report()
    {
        var counts = _counts.GroupBy(c => c.Key.Case).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"{g.Key}: {string.Join(", ", g.OrderBy(c => c.Key.Status).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key.Status} x {c.Value}")))}");
        var slowest = _times.OrderByDescending(t => t.Taken).Take(8).Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Taken.TotalSeconds:0.0} s: {Describe(t.Number)}"));
        return $"{string.Join('\n', counts)}\nSlowest:\n{string.Join('\n', slowest)}";
    }

    /// <summary>Empty when every answer was right.</summary>
    public string Failures() => string.Join("\n\n", _failures.GroupBy(f => (CaseOf(f.Number).GetType(), f.Reason.Split('\n')[0]))
        .Select(g => $"{g.Count()} times {g.Min(f => (f.Number, f.Reason)).Reason}\n{Describe(g.Min(f => f.Number))}"));

    public string Describe(int number) => $"seed {seed}, number {number}, {CaseOf(number).GetType().Name}:\n{Make(number)}";

    private async Task SendAsync(RawConnection connection, int number, CancellationToken ct)
    {
        var request = Make(number);
        var begun = TimeProvider.System.GetTimestamp();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            var answer = await connection.SendAsync(request.ToBytes(app.Address.Authority, request.AsReader ? readerKey : adminKey), request.Method == "HEAD", request.Raw is not null, patience.Token);
            _counts.AddOrUpdate((CaseOf(number).GetType().Name, answer.Status), 1, (_, n) => n + 1);
            if (Judge.Verdict(request, answer) is { } reason)
            {
                _failures.Add((number, $"{reason}\nanswered {answer.Status}: {answer.Text[..Math.Min(answer.Text.Length, 600)]}"));
            }

            if (answer.Status is >= 200 and < 300 && request.Method is not ("GET" or "HEAD" or "OPTIONS"))
            {
                _writes.Add(number);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            connection.Dispose();
            _failures.Add((number, $"no answer within {Patience.TotalSeconds} seconds"));
        }

        _times.Add((TimeProvider.System.GetElapsedTime(begun), number));
    }

    private FuzzRequest Make(int number) => CaseOf(number).Make(new Dice(seed, number));

    private FuzzCase CaseOf(int number) => number % LargeEvery == LargeEvery / 2 ? new LargeBodyCase() : _cases[new Dice(~seed, number).Next(_cases.Count)];
}
