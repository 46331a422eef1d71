using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace InfluencerCrm.Core.Archives;

/// <summary>What an archive says of itself; the last entry to be written, the first to be read.</summary>
internal sealed record ArchiveManifest
{
    public const string FileName = "manifest.json";

    public const string KeysFile = "keys.json";

    public const string FormatName = "influencercrm-archive";

    public const int CurrentVersion = 1;

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static string ProductVersion { get; } = typeof(ArchiveManifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    public required string Format { get; init; }

    public required int FormatVersion { get; init; }

    public string? Product { get; init; }

    public string? Version { get; init; }

    public DateTime WrittenAt { get; init; }

    public string? About { get; init; }

    public required IReadOnlyList<TableEntry> Tables { get; init; }

    public IReadOnlyList<LeftOut> NotIncluded { get; init; } = [];

    /// <summary>One table.</summary>
    public sealed record TableEntry(string Name, string File, long Rows);
}

/// <summary>Keys without which the data lose their meaning.</summary>
/// <param name="AddressHash">Base64; recognises the addresses of people who were erased or opted out.</param>
internal sealed record ArchiveKeys(string AddressHash);
