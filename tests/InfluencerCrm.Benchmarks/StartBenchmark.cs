using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace InfluencerCrm.Benchmarks;

/// <summary>From the start of the host's process to its first answers, on an existing database.</summary>
internal static class StartBenchmark
{
    private const string Key = "bench-admin-key-0123456789-0123456789";
    private const double MostSeconds = 3;
    private const long MostMegabytes = 250;

    public static async Task<int> RunAsync(string host, string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        var folder = Directory.CreateTempSubdirectory("influencercrm-bench-");
        try
        {
            // The first start makes the database; it is not counted.
            await RoundAsync(host, folder.FullName, TimeSpan.FromMinutes(2));
            Console.WriteLine("| start | ready s | first OData answer s | own memory MB | resident MB |");
            Console.WriteLine("|---|---|---|---|---|");
            double slowest = 0;
            long most = 0;
            for (var round = 1; round <= rounds; round++)
            {
                var (ready, answered, memory) = await RoundAsync(host, folder.FullName, TimeSpan.FromSeconds(60));
                slowest = Math.Max(slowest, answered);
                most = Math.Max(most, memory.Resident >> 20);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {round} | {ready:0.00} | {answered:0.00} | {memory.Private >> 20} | {memory.Resident >> 20} |"));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"slowest {slowest:0.00} s (limit {MostSeconds:0.0}), most {most} MB (limit {MostMegabytes})"));
            return slowest <= MostSeconds && most <= MostMegabytes ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(double Ready, double Answered, Memory Memory)> RoundAsync(string host, string folder, TimeSpan patience)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [host, $"--Urls=http://127.0.0.1:{port}", $"--ConnectionStrings:Crm=Data Source={folder}/crm.db", $"--Imports:Folder={folder}/imports", $"--Mail:PickupFolder={folder}/outbox"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        start.Environment["Bootstrap__AdminEmail"] = "admin@example.org";
        start.Environment["Bootstrap__AdminPassword"] = "correct horse battery";
        start.Environment["Bootstrap__ApiKey"] = Key;
        start.Environment["Mail__FromAddress"] = "press@agency.example.org";
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            client.DefaultRequestHeaders.Add("X-Api-Key", Key);
            var ready = await AnswerAsync(client, "/health/ready", process, watch, patience);
            var answered = await AnswerAsync(client, "/odata/influencers?$top=1", process, watch, patience);
            return (ready, answered, Memory.Now(process.Id));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<double> AnswerAsync(HttpClient client, string url, Process process, Stopwatch watch, TimeSpan patience)
    {
        while (watch.Elapsed < patience && !process.HasExited)
        {
            try
            {
                using var response = await client.GetAsync(new Uri(url, UriKind.Relative));
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return watch.Elapsed.TotalSeconds;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        throw new InvalidOperationException(process.HasExited ? $"The host ended with {process.ExitCode}." : $"No answer from {url} within {patience.TotalSeconds} s.");
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
