using InfluencerCrm.Host;
using Microsoft.AspNetCore.Builder;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>What is measured: the whole product, as <c>run.sh</c> starts it but for the limits of one key, with a key of its first user.</summary>
internal static class ProductServer
{
    public const string Name = "product";
    public const string Key = "bench-admin-key-0123456789-0123456789";

    public static Task<WebApplication> BuildAsync(string file) => CrmHost.BuildAsync(
    [
        $"--ConnectionStrings:Crm=Data Source={file}", $"--Imports:Folder={file}.uploads", $"--Mail:PickupFolder={file}.outbox", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning",
        "--Urls=http://127.0.0.1:0", "--Mail:FromAddress=press@agency.example.org", "--Bootstrap:AdminEmail=admin@example.org", $"--Bootstrap:ApiKey={Key}", "--Roles=web",

        // One key asks for all here, as fast as it can.
        "--Limits:RequestsPerMinute=0", "--Limits:ConcurrentPerKey=0",
    ]);
}
