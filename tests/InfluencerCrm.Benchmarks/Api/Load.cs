using System.Diagnostics;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>Asks one server the same form of question for a while, on so many connections, each with a thread of its own.</summary>
internal static class Load
{
    /// <returns>Answers a second, to the end of the last one.</returns>
    public static double Run(int port, IReadOnlyList<byte[]> requests, int connections, TimeSpan length)
    {
        var answers = 0;
        Exception? problem = null;
        using var ready = new Barrier(connections + 1);
        var watch = new Stopwatch();
        var threads = Enumerable.Range(0, connections).Select(c => new Thread(() =>
        {
            try
            {
                using var wire = new Wire(port);
                ready.SignalAndWait();
                for (var i = c * requests.Count / connections; watch.Elapsed < length && problem is null; i++)
                {
                    var status = wire.Ask(requests[i % requests.Count]);
                    if (status != 200)
                    {
                        throw new InvalidOperationException($"answered {status}");
                    }

                    Interlocked.Increment(ref answers);
                }
            }
            catch (Exception exception) when (exception is InvalidOperationException or IOException or System.Net.Sockets.SocketException)
            {
                problem = exception;
            }
        })).ToList();
        watch.Start();
        threads.ForEach(t => t.Start());
        ready.SignalAndWait();
        watch.Restart();
        threads.ForEach(t => t.Join());
        return problem is null ? answers / watch.Elapsed.TotalSeconds : throw new InvalidOperationException(problem.Message, problem);
    }
}
