using System.Globalization;

namespace InfluencerCrm.Benchmarks;

/// <summary>The product's export of all people over HTTP against a bare loop that writes the same cells, each in a fresh process, in turns.</summary>
internal static class ExportBenchmark
{
    public const string Bare = "export-bare";
    public const string Product = "export-product";

    private const int LeastRows = 20_000;
    private const long MostMegabytes = 100;
    private const int Rounds = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        var rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var folder = Directory.CreateTempSubdirectory("influencercrm-bench-");
        try
        {
            string Path(string name) => System.IO.Path.Combine(folder.FullName, name);

            // Of the rows some repeat a person and some are refused: a tenth more of them makes the people that are asked for, or a little more.
            ContactCsv.Write(Path("people.csv"), rows + rows / 10);
            await Child.RunAsync(ImportBenchmark.Prepare, Path("crm.db"));
            await Child.RunAsync(ImportBenchmark.Product, Path("people.csv"), Path("crm.db"));
            await MeasureAsync(Bare, Path("crm.db"), Path("out"));

            Console.WriteLine("Export of all people with addresses, role and topics from SQLite; each run a new process on the same database. The bare loop writes CSV to a file, the product answers a client over HTTP.");
            Console.WriteLine("| round | what | people | s | rows/s | ratio | own memory grew MB | with mapped files MB | MB written |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
            var slowest = new List<double>();
            long most = 0;
            for (var round = 1; round <= Rounds; round++)
            {
                var bare = await MeasureAsync(Bare, Path("crm.db"), Path("out"));
                Say(round, "bare loop", bare, bare);
                var csv = await MeasureAsync(Product, "csv", Path("crm.db"), Path("out"));
                Say(round, "csv", csv, bare);
                var xlsx = await MeasureAsync(Product, "xlsx", Path("crm.db"), Path("out"));
                Say(round, "xlsx", xlsx, bare);
                slowest.Add(csv[0] / csv[1]);
                most = Math.Max(most, (long)Math.Max(csv[2], xlsx[2]));
            }

            var speed = slowest.Order().ElementAt(slowest.Count / 2);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"CSV: median {speed:N0} rows/s (at least {LeastRows:N0} wanted); memory grew {most} MB (limit {MostMegabytes})"));
            return speed >= LeastRows && most <= MostMegabytes ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Say(int round, string what, double[] run, double[] bare) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {round} | {what} | {run[0]:N0} | {run[1]:0.00} | {run[0] / run[1]:N0} | {run[1] / run[0] * bare[0] / bare[1]:0.00} | {run[2]} | {run[3]} | {run[4]:0.0} |"));

    /// <returns>People, seconds, MB that the process's own memory grew, the same with mapped files, MB written.</returns>
    private static async Task<double[]> MeasureAsync(params string[] args)
    {
        var said = await Child.RunAsync(args);
        return [.. said.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)), new FileInfo(args[^1]).Length / 1048576.0];
    }
}
