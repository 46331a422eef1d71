using System.Globalization;

namespace InfluencerCrm.Benchmarks.Smtp;

/// <summary>From scheduled rows to all recorded as sent, against a bare MailKit loop and Postfix's smtp-source; each run a process of its own.</summary>
internal static class SmtpBenchmark
{
    public const string Prepare = "smtp-prepare";
    public const string Bare = "smtp-bare";
    public const string Least = "smtp-least";
    public const string Product = "smtp-product";

    private const double LeastRatio = 0.7;
    private const double MostRoundTrips = 3.0;
    private const double MostScheduleSeconds = 5;
    private const int ScheduledPeople = 50_000;
    private const int WarmUp = 5_000;
    private const long MostGrowth = 50;

    private static readonly int[] Connections = [1, 4, 8];

    public static async Task<int> RunAsync(string[] args)
    {
        var messages = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20_000;
        var folder = Directory.CreateTempSubdirectory("influencercrm-bench-");
        try
        {
            using var sink = await SmtpTools.StartSinkAsync();
            var isFast = true;
            foreach (var database in await DatabasesAsync(folder.FullName, "bench"))
            {
                await PrepareAsync(database, messages, WarmUp);
                isFast &= await CompareAsync(sink, database, messages);
            }

            var slow = await DatabasesAsync(folder.FullName, "slow");
            isFast &= await BehindASlowLineAsync(sink, slow[0], Math.Max(messages / 20, 200));
            foreach (var database in await DatabasesAsync(folder.FullName, "list"))
            {
                var seconds = await PrepareAsync(database, ScheduledPeople);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{database.Provider}: {ScheduledPeople:N0} people scheduled in {seconds:0.00} s (limit {MostScheduleSeconds:0.0})"));
                isFast &= seconds <= MostScheduleSeconds;
            }

            return isFast ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Whether a long send-out takes more and more memory: what it held after its first tenth, and at most after that.</summary>
    public static async Task<int> RunMemoryAsync(string[] args)
    {
        var messages = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200_000;
        var folder = Directory.CreateTempSubdirectory("influencercrm-bench-");
        try
        {
            using var sink = await SmtpTools.StartSinkAsync();
            var database = (await DatabasesAsync(folder.FullName, "memory"))[0];
            await PrepareAsync(database, messages, WarmUp);
            var run = await MeasureAsync(Product, await database.CopyAsync(), sink.Port, 4);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{messages:N0} mails, {messages / run[1]:N0} a second: after the first tenth own memory grew by {run[3]} MB (limit {MostGrowth})"));
            return run[3] <= MostGrowth ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> CompareAsync(SmtpTools sink, SmtpDatabase database, int messages)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{database.Provider}: {messages:N0} mails to smtp-sink on loopback"));
        Console.WriteLine("| connections | smtp-source/s | bare MailKit loop/s | least durable/s | product/s | product of bare | least of bare | product of least | CPU µs a mail, bare | least | product | memory grew MB | bytes a mail |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        var isFast = true;
        foreach (var connections in Connections)
        {
            var source = await sink.SourceAsync(messages, connections);
            var bare = await MeasureAsync(Bare, database, sink.Port, connections);
            var least = await MeasureAsync(Least, await database.CopyAsync(), sink.Port, connections);
            var product = await MeasureAsync(Product, await database.CopyAsync(), sink.Port, connections);
            var ratio = bare[1] / product[1];
            isFast &= ratio >= LeastRatio;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {connections} | {messages / source:N0} | {messages / bare[1]:N0} | {messages / least[1]:N0} | {messages / product[1]:N0} | {ratio:0.00} (limit {LeastRatio:0.0}) | {bare[1] / least[1]:0.00} | {least[1] / product[1]:0.00} | {1e6 * bare[2] / messages:0} | {1e6 * least[2] / messages:0} | {1e6 * product[2] / messages:0} | {product[3]} | {bare[3]} |"));
        }

        return isFast;
    }

    private static async Task<bool> BehindASlowLineAsync(SmtpTools sink, SmtpDatabase database, int messages)
    {
        await PrepareAsync(database, messages);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{messages:N0} mails behind a line of 20 ms a round trip, {database.Provider}"));
        Console.WriteLine("| connections | mails/s | round trips a mail |");
        Console.WriteLine("|---|---|---|");
        var (isFast, before) = (true, 0.0);
        foreach (var connections in new[] { 1, 4, 8, 16, 32 })
        {
            await using var line = new SlowLine(sink.Port, TimeSpan.FromMilliseconds(20));
            var run = await MeasureAsync(Product, await database.CopyAsync(), line.Port, connections);

            // Greeting, EHLO and QUIT belong to the connection.
            var trips = (line.RoundTrips - (2.0 * connections)) / messages;
            isFast &= trips <= MostRoundTrips && messages / run[1] > before;
            before = messages / run[1];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {connections} | {before:N0} | {trips:0.00} (limit {MostRoundTrips:0.0}) |"));
        }

        return isFast;
    }

    private static async Task<IReadOnlyList<SmtpDatabase>> DatabasesAsync(string folder, string name)
    {
        var databases = new List<SmtpDatabase> { SmtpDatabase.Sqlite(Path.Combine(folder, name + ".db")) };
        if (Environment.GetEnvironmentVariable("INFLUENCERCRM_BENCH_POSTGRES") is { Length: > 0 } server)
        {
            await SmtpDatabase.CreateAsync(server, name, null);
            databases.Add(SmtpDatabase.PostgreSql(server, name));
        }

        return databases;
    }

    private static async Task<double> PrepareAsync(SmtpDatabase database, int people, int warmUp = 0) =>
        double.Parse(await Child.RunAsync(Prepare, database.Provider, database.ConnectionString, people.ToString(CultureInfo.InvariantCulture), warmUp.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    private static async Task<double[]> MeasureAsync(string what, SmtpDatabase database, int port, int connections) =>
    [
        .. (await Child.RunAsync(what, database.Provider, database.ConnectionString, port.ToString(CultureInfo.InvariantCulture), connections.ToString(CultureInfo.InvariantCulture)))
            .Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)),
    ];
}
