using System.Diagnostics;
using System.Globalization;

namespace InfluencerCrm.Benchmarks;

/// <summary>The product's import against a bare loop, each in a fresh process on a fresh database, in turns.</summary>
internal static class ImportBenchmark
{
    public const string Prepare = "import-prepare";
    public const string Bare = "import-bare";
    public const string Product = "import-product";

    private const double MostRatio = 4.0;
    private const double MostRatioOfWorkbooks = 8.0;
    private const int MemoryRows = 1_000_000;
    private const long MostMegabytes = 100;
    private const int Pairs = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        var rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var folder = Directory.CreateTempSubdirectory("influencercrm-bench-");
        try
        {
            string Path(string name) => System.IO.Path.Combine(folder.FullName, name);
            ContactCsv.Write(Path("people.csv"), rows);
            ContactCsv.Write(Path("few.csv"), 2000);
            await ContactCsv.WriteWorkbookAsync(Path("people.csv"), Path("people.xlsx"));
            await Child.RunAsync(Prepare, Path("empty.db"));
            await MeasureAsync(Bare, Path("few.csv"), Path("empty.db"), Path("run.db"));
            await MeasureAsync(Product, Path("few.csv"), Path("empty.db"), Path("run.db"));

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Import of {rows:N0} rows of 12 columns into SQLite, from the upload to the finished job; each run a new process and a new database."));
            Console.WriteLine("| pair | bare loop s | rows/s | product s | rows/s | ratio | process starts included | own memory grew MB | with mapped files MB | the same as .xlsx s | ratio |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
            var ratios = new List<double>();
            var ofWorkbooks = new List<double>();
            long most = 0;
            for (var pair = 1; pair <= Pairs; pair++)
            {
                var bare = await MeasureAsync(Bare, Path("people.csv"), Path("empty.db"), Path("run.db"));
                var product = await MeasureAsync(Product, Path("people.csv"), Path("empty.db"), Path("run.db"));
                var workbook = await MeasureAsync(Product, Path("people.xlsx"), Path("empty.db"), Path("run.db"));
                var ratioNow = product.Said[1] / bare.Said[1];
                ratios.Add(ratioNow);
                ofWorkbooks.Add(workbook.Said[1] / bare.Said[1]);
                most = Math.Max(most, (long)product.Said[2]);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {pair} | {bare.Said[1]:0.00} | {rows / bare.Said[1]:N0} | {product.Said[1]:0.00} | {rows / product.Said[1]:N0} | {ratioNow:0.00} | {product.Seconds / bare.Seconds:0.00} | {product.Said[2]} | {product.Said[3]} | {workbook.Said[1]:0.00} | {ofWorkbooks[^1]:0.00} |"));
            }

            var ratio = ratios.Order().ElementAt(ratios.Count / 2);
            var ratioOfWorkbooks = ofWorkbooks.Order().ElementAt(ofWorkbooks.Count / 2);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median ratio {ratio:0.00} (limit {MostRatio:0.0}), of .xlsx {ratioOfWorkbooks:0.00} (limit {MostRatioOfWorkbooks:0.0}), memory grew {most} MB (limit {MostMegabytes})"));
            return ratio <= MostRatio && ratioOfWorkbooks <= MostRatioOfWorkbooks && most <= MostMegabytes ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Memory over a file ten times as long: it must not grow with the rows.</summary>
    public static async Task<int> RunMemoryAsync(string[] args)
    {
        var rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : MemoryRows;
        var folder = Directory.CreateTempSubdirectory("influencercrm-bench-");
        try
        {
            string Path(string name) => System.IO.Path.Combine(folder.FullName, name);
            ContactCsv.Write(Path("people.csv"), rows);
            await Child.RunAsync(Prepare, Path("empty.db"));
            var product = await MeasureAsync(Product, Path("people.csv"), Path("empty.db"), Path("run.db"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Import of {rows:N0} rows into SQLite: {product.Said[1]:0.0} s, {rows / product.Said[1]:N0} rows/s; memory grew {product.Said[2]} MB (limit {MostMegabytes}), {product.Said[3]} MB with mapped files"));
            return product.Said[2] <= MostMegabytes ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(double Seconds, double[] Said)> MeasureAsync(string what, string csv, string empty, string file)
    {
        foreach (var part in new[] { file, file + "-wal", file + "-shm" })
        {
            File.Delete(part);
        }

        File.Copy(empty, file);
        var watch = Stopwatch.StartNew();
        var said = await Child.RunAsync(what, csv, file);
        return (watch.Elapsed.TotalSeconds, said.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray());
    }
}
