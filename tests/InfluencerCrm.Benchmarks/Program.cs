using System.Globalization;
using InfluencerCrm.Benchmarks;
using InfluencerCrm.Benchmarks.Api;
using InfluencerCrm.Benchmarks.Smtp;

// One word chooses the measurement; the others are what it starts as processes of its own.
return args switch
{
    ["import", .. var rest] => await ImportBenchmark.RunAsync(rest),
    ["import-memory", .. var rest] => await ImportBenchmark.RunMemoryAsync(rest),
    [ImportBenchmark.Prepare, var file] => await ImportedByProduct.PrepareAsync(file),
    [ImportBenchmark.Bare, var csv, var file] => await ImportedByHand.RunAsync(csv, file),
    [ImportBenchmark.Product, var csv, var file] => await ImportedByProduct.RunAsync(csv, file),
    ["export", .. var rest] => await ExportBenchmark.RunAsync(rest),
    [ExportBenchmark.Bare, var file, var target] => await ExportedByHand.RunAsync(file, target),
    [ExportBenchmark.Product, var format, var file, var target] => await ExportedByProduct.RunAsync(format, file, target),
    ["api", .. var rest] => await ApiBenchmark.RunAsync(rest),
    [ApiData.Make, var file, var scale] => await ApiDataWriter.RunAsync(file, double.Parse(scale, CultureInfo.InvariantCulture)),
    [ApiServer.Serve, var name, var file] => await ApiServer.RunAsync(name, file),
    ["start", var host, .. var rest] => await StartBenchmark.RunAsync(host, rest),
    ["smtp", .. var rest] => await SmtpBenchmark.RunAsync(rest),
    ["smtp-memory", .. var rest] => await SmtpBenchmark.RunMemoryAsync(rest),
    [SmtpBenchmark.Prepare, var provider, var connection, var people, var warmUp] =>
        await SmtpProduct.PrepareAsync(new(provider, connection), int.Parse(people, CultureInfo.InvariantCulture), int.Parse(warmUp, CultureInfo.InvariantCulture)),
    [SmtpBenchmark.Bare, var provider, var connection, var port, var connections] =>
        await SmtpByHand.RunAsync(new(provider, connection), int.Parse(port, CultureInfo.InvariantCulture), int.Parse(connections, CultureInfo.InvariantCulture)),
    [SmtpBenchmark.Least, var provider, var connection, var port, var connections] =>
        await SmtpLeast.RunAsync(new(provider, connection), int.Parse(port, CultureInfo.InvariantCulture), int.Parse(connections, CultureInfo.InvariantCulture)),
    [SmtpBenchmark.Product, var provider, var connection, var port, var connections] =>
        await SmtpProduct.RunAsync(new(provider, connection), int.Parse(port, CultureInfo.InvariantCulture), int.Parse(connections, CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: scripts/bench.sh import [ROWS] | import-memory [ROWS] | export [ROWS] | start | smtp [MAILS] | smtp-memory [MAILS] | api [SCALE] [--only NAMES]");
    return 2;
}
