using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>
/// One of the servers in a process of its own, so that memory, garbage collections and compiled code are its own too; it ends with
/// its standard input.
/// </summary>
internal sealed class ApiServer : IDisposable
{
    public const string Serve = "api-server";

    private readonly Process _process;

    private ApiServer(string name, Process process, int port) => (Name, _process, Port) = (name, process, port);

    public string Name { get; }

    public int Port { get; }

    public int ProcessId => _process.Id;

    /// <summary>Time that all processors gave to the process so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<ApiServer> StartAsync(string name, string file)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Serve, name, file]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("listening ", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new ApiServer(name, process, new Uri(line["listening ".Length..]).Port);
            }
        }

        throw new InvalidOperationException($"The server {name} did not start.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    /// <summary>What the child does.</summary>
    public static async Task<int> RunAsync(string name, string file)
    {
        await using WebApplication app = name switch
        {
            ProductServer.Name => await ProductServer.BuildAsync(file),
            FloorServer.Name => FloorServer.Build(file),
            LibraryServer.Name => LibraryServer.Build(file),
            _ => throw new ArgumentException($"There is no server {name}.", nameof(name)),
        };
        await app.StartAsync();
        Console.WriteLine($"listening {app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}");
        await Console.In.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await app.StopAsync(patience.Token);
        return 0;
    }
}
