using System.Diagnostics;
using System.Globalization;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Host;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Benchmarks;

/// <summary>The product's export from request to last byte, in a process of its own; the client is in it, and keeps nothing.</summary>
internal static class ExportedByProduct
{
    private const string Key = "bench-admin-key-0123456789-0123456789";

    public static async Task<int> RunAsync(string format, string file, string target)
    {
        await using var app = await CrmHost.BuildAsync(
        [
            $"--ConnectionStrings:Crm=Data Source={file}", $"--Imports:Folder={file}.uploads", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning", "--Urls=http://127.0.0.1:0", "--Mail:FromAddress=press@agency.example.org",
            $"--Mail:PickupFolder={file}.outbox", "--Bootstrap:AdminEmail=admin@example.org", $"--Bootstrap:ApiKey={Key}", "--Roles=web",
        ]);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        int people;
        await using (var db = await app.Services.GetRequiredService<IDbContextFactory<CrmDbContext>>().CreateDbContextAsync())
        {
            people = await db.Influencers.IgnoreQueryFilters().CountAsync();
        }

        var before = Memory.Now();
        using var peak = new PeakMemory();
        var watch = Stopwatch.StartNew();
        using (var answer = await client.GetAsync(new Uri($"/api/exports/influencers?format={format}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead))
        await using (var saved = File.Create(target))
        {
            answer.EnsureSuccessStatusCode();
            await answer.Content.CopyToAsync(saved);
        }

        var seconds = watch.Elapsed.TotalSeconds;
        var most = peak.Most();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{people} {seconds:0.000} {(most.Private - before.Private) >> 20} {(most.Resident - before.Resident) >> 20}"));
        await app.StopAsync();
        return 0;
    }
}
