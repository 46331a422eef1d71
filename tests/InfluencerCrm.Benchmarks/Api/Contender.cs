using System.Globalization;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>One server under one form of question, with what each round measured.</summary>
internal sealed class Contender(ApiServer server, IReadOnlyList<byte[]> requests)
{
    private const int FewConnections = 4;

    private string? _problem;
    private bool _slow;
    private int _connections = 1;

    /// <summary>Answers a second, round by round; empty where it did not answer.</summary>
    public List<double> Rates { get; } = [];

    /// <summary>A tilde stands where one short round on few connections had to do.</summary>
    public string Says => _problem ?? (_slow ? "~" : "") + Median(Rates).ToString(Median(Rates) < 10 ? "0.00" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>The median of what the rounds say: two servers in the same round have met the same neighbours on the machine.</summary>
    public static double Ratio(Contender ours, Contender theirs) =>
        ours.Rates.Count == 0 ? 0 : Median([.. ours.Rates.Zip(theirs.Rates, (a, b) => a / b)]);

    /// <summary>Warms up on one connection, and learns whether one answer takes so long that one round must do; the very first says nothing of that.</summary>
    public void WarmUp(TimeSpan length, TimeSpan slow)
    {
        Try(1, TimeSpan.FromMilliseconds(1));
        _slow = _problem is null && Try(1, length) < 1 / slow.TotalSeconds;
    }

    /// <summary>Begins anew with so many connections.</summary>
    public void On(int connections, TimeSpan warmUp)
    {
        Rates.Clear();
        _connections = _slow ? Math.Min(connections, FewConnections) : connections;
        if (!_slow && _problem is null)
        {
            Try(_connections, warmUp);
        }
    }

    public void Run(TimeSpan length)
    {
        if (_slow && Rates.Count > 0)
        {
            Rates.Add(Rates[0]);
        }
        else if (_problem is null && Try(_connections, length) is var rate && _problem is null)
        {
            Rates.Add(rate);
        }
    }

    private static double Median(List<double> values) => values.Count == 0 ? 0 : values.Order().ElementAt(values.Count / 2);

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
