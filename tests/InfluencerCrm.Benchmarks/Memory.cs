using System.Globalization;

namespace InfluencerCrm.Benchmarks;

/// <summary>
/// What a process holds: of its own, and with the pages of mapped files (the database is one of them, and these can be dropped at any time).
/// Each page counts once, however many connections map it (PSS, see proc_pid_smaps(5)); the resident size counts it for each.
/// </summary>
internal readonly record struct Memory(long Private, long Resident)
{
    public static Memory Now(int? process = null)
    {
        long own = 0, resident = 0;
        foreach (var line in File.ReadLines($"/proc/{process?.ToString(CultureInfo.InvariantCulture) ?? "self"}/smaps_rollup"))
        {
            if (line.StartsWith("Anonymous:", StringComparison.Ordinal))
            {
                own = Kilobytes(line);
            }
            else if (line.StartsWith("Pss:", StringComparison.Ordinal))
            {
                resident = Kilobytes(line);
            }
        }

        return new Memory(own, resident);
    }

    private static long Kilobytes(string line) =>
        long.Parse(line.AsSpan(line.IndexOf(':', StringComparison.Ordinal) + 1).Trim("kB \t"), NumberStyles.None, CultureInfo.InvariantCulture) * 1024;
}

/// <summary>Looks again and again, at this process or another, until it is asked.</summary>
internal sealed class PeakMemory : IDisposable
{
    private readonly Lock _gate = new();
    private readonly int? _process;
    private readonly Timer _timer;
    private Memory _most;

    /// <param name="every">Each look walks through all pages of the process: twenty a second took a tenth of a core.</param>
    public PeakMemory(int? process = null, TimeSpan? every = null)
    {
        _process = process;
        _timer = new Timer(_ => Look(), null, TimeSpan.Zero, every ?? TimeSpan.FromMilliseconds(50));
    }

    public Memory Most()
    {
        Look();
        lock (_gate)
        {
            return _most;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var now = Memory.Now(_process);
        lock (_gate)
        {
            _most = new Memory(Math.Max(_most.Private, now.Private), Math.Max(_most.Resident, now.Resident));
        }
    }
}
