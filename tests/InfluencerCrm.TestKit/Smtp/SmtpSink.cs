using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace InfluencerCrm.TestKit.Smtp;

/// <summary>Postfix's smtp-sink on a loopback port, with every mail it took kept in a folder.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private const int StartAttempts = 5;

    private readonly Process process;
    private readonly string folder;

    private SmtpSink(Process process, string folder, int port)
    {
        this.process = process;
        this.folder = folder;
        Port = port;
    }

    public static string Host => "127.0.0.1";

    public int Port { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="options">Options of smtp-sink, for example <c>-r</c>, <c>DATA</c> to answer DATA with 4xx.</param>
    public static async Task<SmtpSink> StartAsync(CancellationToken ct, params string[] options)
    {
        var program = Find();
        for (var attempt = 1; ; attempt++)
        {
            var folder = Directory.CreateTempSubdirectory("smtp-sink-").FullName;
            // As root it drops to nobody, who must be able to write the mails.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
            var port = FreePort();
            var process = Start(program, folder, port, options);
            if (await ListensAsync(process, port, ct)) return new SmtpSink(process, folder, port);
            var words = await process.StandardError.ReadToEndAsync(ct);
            process.Dispose();
            Directory.Delete(folder, recursive: true);
            if (attempt == StartAttempts) throw new InvalidOperationException($"smtp-sink did not start: {words}");
        }
    }

    /// <summary>The mails taken so far, oldest file first.</summary>
    public IReadOnlyList<SinkMail> Mails() =>
        [.. new DirectoryInfo(folder).GetFiles().OrderBy(f => f.LastWriteTimeUtc).Select(f => SinkMail.Read(f.FullName))];

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static Process Start(string program, string folder, int port, string[] options)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] user = Environment.IsPrivilegedProcess ? ["-u", "nobody"] : [];
        foreach (var argument in (string[])[.. user, .. options, "-d", $"{folder}/", $"{Host}:{port}", "100"])
            start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"smtp-sink cannot be run: {e.Message}", e);
        }
    }

    private static string Find()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        string[] folders = [.. path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), "/usr/sbin", "/usr/local/sbin"];
        return folders.Select(f => Path.Combine(f, "smtp-sink")).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("These tests need smtp-sink, which comes with Postfix (Debian, Ubuntu: the package postfix).");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> ListensAsync(Process process, int port, CancellationToken ct)
    {
        while (!process.HasExited)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(Host, port, ct);
                return true;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, ct);
            }
        }

        return false;
    }
}
