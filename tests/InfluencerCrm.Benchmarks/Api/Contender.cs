using System.Globalization;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>One server under one form of question, with what each round measured.</summary>
internal sealed class Contender(ApiServer server, IReadOnlyList<byte[]> requests, int connections)
{
    private string? _problem;
    private bool _slow;

    /// <summary>Answers a second, round by round; empty where it did not answer.</summary>
    public List<double> Rates { get; } = [];

    public string Says => _problem ?? Median(Rates).ToString(Median(Rates) < 10 ? "0.00" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>The median of what the rounds say: two servers in the same round have met the same neighbours on the machine.</summary>
    public static double Ratio(Contender ours, Contender theirs) =>
        ours.Rates.Count == 0 ? 0 : Median([.. ours.Rates.Zip(theirs.Rates, (a, b) => a / b)]);

    public static double Median(List<double> values) => values.Count == 0 ? 0 : values.Order().ElementAt(values.Count / 2);

    /// <summary>Warms up on one connection first: where one answer takes long, one round must do.</summary>
    public void Prepare(TimeSpan length, TimeSpan slow)
    {
        var rate = Try(1, length);
        _slow = rate < 1 / slow.TotalSeconds;
        if (connections > 1 && !_slow)
        {
            Try(connections, length / 3);
        }
    }

    public void Run(TimeSpan length)
    {
        if (_slow && Rates.Count > 0)
        {
            Rates.Add(Rates[0]);
        }
        else if (_problem is null)
        {
            var rate = Try(_slow ? Math.Min(connections, 4) : connections, length);
            if (_problem is null)
            {
                Rates.Add(rate);
            }
        }
    }

    private double Try(int on, TimeSpan length)
    {
        try
        {
            return Load.Run(server.Port, requests, on, length);
        }
        catch (InvalidOperationException exception)
        {
            _problem = exception.Message;
            Rates.Clear();
            return 0;
        }
    }
}
