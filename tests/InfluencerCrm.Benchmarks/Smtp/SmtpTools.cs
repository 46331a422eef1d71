using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace InfluencerCrm.Benchmarks.Smtp;

/// <summary>Postfix's smtp-sink, which takes every mail and keeps none, and its smtp-source, which sends the same one again and again.</summary>
internal sealed class SmtpTools : IDisposable
{
    private readonly Process _sink;

    private SmtpTools(Process sink, int port)
    {
        _sink = sink;
        Port = port;
    }

    public int Port { get; }

    public static async Task<SmtpTools> StartSinkAsync()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        string[] user = Environment.IsPrivilegedProcess ? ["-u", "nobody"] : [];
        var sink = new SmtpTools(Process.Start(new ProcessStartInfo(Find("smtp-sink"), [.. user, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "500"]))!, port);
        while (true)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return sink;
            }
            catch (SocketException) when (!sink._sink.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    /// <returns>Seconds that smtp-source takes for so many mails of six kilobytes.</returns>
    public async Task<double> SourceAsync(int messages, int connections)
    {
        var watch = Stopwatch.StartNew();
        using var source = Process.Start(new ProcessStartInfo(
            Find("smtp-source"),
            ["-d", "-l", "6000", "-m", messages.ToString(CultureInfo.InvariantCulture), "-s", connections.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}")]))!;
        await source.WaitForExitAsync();
        return watch.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        _sink.Kill();
        _sink.WaitForExit();
        _sink.Dispose();
    }

    private static string Find(string program) => new[] { "/usr/sbin", "/usr/local/sbin", "/usr/bin" }.Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{program} comes with Postfix (Debian, Ubuntu: the package postfix).");
}
