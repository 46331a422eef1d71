using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>What the product holds while many read much, how an export of everything goes, and what becomes of a query whose client has left.</summary>
internal static class ApiMemory
{
    public const string Concurrent = "memory";
    public const string Export = "export";
    public const string Abandoned = "abandoned";

    private const int Readers = 200;
    private const double MostMegabytes = 600;
    private const double LeastRows = 20_000;
    private const double MostGrowth = 50;
    private const double MostCores = 0.15;
    private const string Expensive = "/odata/influencers?$filter=affiliations/any(a:%20a/outlet/affiliations/any(o:%20contains(o/beat,'nowhere')%20or%20contains(o/beat,'nobody')%20or%20contains(o/beat,'never')))&$orderby=displayName&$top=1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    /// <summary>In a fresh process, so that nothing of other measurements is counted; each reader asks twice.</summary>
    public static async Task ReadersAsync(string file, ApiOptions options, ApiReport report)
    {
        using var product = await ApiServer.StartAsync(ProductServer.Name, file);
        using var peak = new PeakMemory(product.ProcessId);
        var people = (int)(100_000 * options.Scale);
        var requests = Enumerable.Range(0, Readers).Select(i => Wire.Request($"/odata/influencers?$filter=id%20gt%20{(long)people * i / (Readers + 10)}&$top=1000", product.Port)).ToList();
        string? problem = null;
        var watch = Stopwatch.StartNew();
        var threads = Enumerable.Range(0, Readers).Select(i => new Thread(() =>
        {
            try
            {
                using var wire = new Wire(product.Port);
                for (var round = 0; round < 2; round++)
                {
                    var status = wire.Ask(requests[(i + round * 7) % Readers]);
                    problem = status == 200 ? problem : $"answered {status}";
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
                problem = exception.Message;
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        var seconds = watch.Elapsed.TotalSeconds;
        var most = peak.Most();
        var (own, resident) = (most.Private >> 20, most.Resident >> 20);
        report.Say($"{Concurrent}: {Readers} concurrent reads of 1,000 whole people, twice: {problem ?? "all answered"} in {seconds:0.0} s; peak {resident} MB (at most {MostMegabytes}), of which {own} MB its own; the rest are pages of mapped files, above all of the database, each counted once.");
        if (problem is not null || resident > MostMegabytes)
        {
            report.Broken(string.Create(CultureInfo.InvariantCulture, $"{Concurrent} {resident} MB (at most {MostMegabytes}) {problem}"));
        }
    }

    public static async Task ExportAsync(string file, ApiOptions options, ApiReport report)
    {
        using var product = await ApiServer.StartAsync(ProductServer.Name, file);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{product.Port}") };
        client.DefaultRequestHeaders.Add("X-Api-Key", ProductServer.Key);
        client.DefaultRequestHeaders.Add("Prefer", "maxpagesize=1000");
        var all = (int)(1_000_000 * options.Scale);
        var rows = 0;
        Memory? early = null;
        var most = default(Memory);
        var watch = Stopwatch.StartNew();
        for (var link = "/odata/interactions"; link is not null && watch.Elapsed < Patience;)
        {
            var page = await client.GetByteArrayAsync(new Uri(link, UriKind.RelativeOrAbsolute));
            rows += Rows(page, out link);
            if (rows >= all / 10)
            {
                var now = Memory.Now(product.ProcessId);
                early ??= now;
                most = new Memory(Math.Max(most.Private, now.Private), Math.Max(most.Resident, now.Resident));
            }
        }

        var speed = rows / watch.Elapsed.TotalSeconds;
        var growth = early is { } then ? (most.Private - then.Private) >> 20 : 0;
        var resident = early is { } held ? (most.Resident - held.Resident) >> 20 : 0;
        report.Say($"{Export}: {rows:N0} of {all:N0} interactions by nextLinks of 1,000 in {watch.Elapsed.TotalSeconds:0.0} s{(rows < all ? ", then stopped" : "")}: {speed:N0} rows/s (at least {LeastRows:N0}); after the first tenth its own memory grew by {growth} MB (at most {MostGrowth}) to {most.Private >> 20} MB, with pages of the database file by {resident} MB to {most.Resident >> 20} MB.");
        if (rows != all || speed < LeastRows || growth > MostGrowth)
        {
            report.Broken(string.Create(CultureInfo.InvariantCulture, $"{Export} {rows:N0} rows at {speed:N0}/s (at least {LeastRows:N0}), {growth} MB more (at most {MostGrowth})"));
        }
    }

    /// <summary>Asks for something that takes many seconds, leaves, and looks at the processor time of the second after the next.</summary>
    public static async Task AbandonedAsync(string file, ApiReport report)
    {
        using var product = await ApiServer.StartAsync(ProductServer.Name, file);
        using (var warm = new Wire(product.Port))
        {
            warm.Ask(Wire.Request("/odata/influencers?$top=1", product.Port));
        }

        // While its client stays, it must go on beyond the moment at which it is looked for afterwards; five seconds are its limit.
        var (_, answered) = await AskAndLeaveAsync(product, TimeSpan.FromSeconds(3.5));
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        var (busy, early) = await AskAndLeaveAsync(product, TimeSpan.FromSeconds(1));
        answered |= early;
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        var after = await CoresAsync(product);
        var says = answered ? " The query ended before its client left, so nothing is shown." : "";
        report.Say($"{Abandoned}: a query kept {busy:0.00} cores busy; from one second after its client had left, {after:0.00} (at most {MostCores}).{says}");
        if (answered || busy < 0.3 || after > MostCores)
        {
            report.Broken(string.Create(CultureInfo.InvariantCulture, $"{Abandoned} {after:0.00} cores (at most {MostCores})"));
        }
    }

    /// <returns>Cores it kept busy in the last second before its client left, and whether it was answered already.</returns>
    private static async Task<(double Busy, bool Answered)> AskAndLeaveAsync(ApiServer product, TimeSpan before)
    {
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync("127.0.0.1", product.Port);
        await client.SendAsync(Wire.Request(Expensive, product.Port));
        await Task.Delay(before, TimeProvider.System);
        var busy = await CoresAsync(product);
        var answered = client.Available > 0;
        client.Close(0);
        return (busy, answered);
    }

    private static async Task<double> CoresAsync(ApiServer server)
    {
        var (before, watch) = (server.Cpu, Stopwatch.StartNew());
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        return (server.Cpu - before) / watch.Elapsed;
    }

    /// <summary>Counts the rows of a page and finds where it goes on, without making objects of them.</summary>
    private static int Rows(byte[] page, out string? next)
    {
        var rows = 0;
        next = null;
        var reader = new Utf8JsonReader(page);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == 2)
            {
                rows++;
                reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("@odata.nextLink"u8))
            {
                reader.Read();
                next = reader.GetString();
            }
        }

        return rows;
    }
}
