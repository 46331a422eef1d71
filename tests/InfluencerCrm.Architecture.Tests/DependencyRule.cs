namespace InfluencerCrm.Architecture.Tests;

/// <summary>Who may refer to whom: Host to all; Api, Ui, Mail and the Data projects to Core, never to each other; Core to no server, driver or mail library.</summary>
internal static class DependencyRule
{
    public static readonly string[] Ours =
    [
        "InfluencerCrm.Core", "InfluencerCrm.Data.Sqlite", "InfluencerCrm.Data.SqlServer", "InfluencerCrm.Data.PostgreSql",
        "InfluencerCrm.Mail", "InfluencerCrm.Api", "InfluencerCrm.Ui", "InfluencerCrm.Host",
    ];

    private static readonly string[] Servers =
    [
        "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server",
        "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.OData", "Microsoft.OData", "Swashbuckle", "Microsoft.OpenApi",
    ];

    private static readonly string[] Drivers = ["Microsoft.Data.Sqlite", "Microsoft.EntityFrameworkCore.Sqlite", "Microsoft.Data.SqlClient", "Microsoft.EntityFrameworkCore.SqlServer", "Npgsql"];

    private static readonly string[] MailLibraries = ["MailKit", "MimeKit"];

    /// <summary>The references of an assembly that break the rule.</summary>
    public static IEnumerable<string> Violations(string assembly, IEnumerable<string> references) =>
        references.Where(reference => Forbidden(assembly).Any(f => reference == f || reference.StartsWith(f + ".", StringComparison.Ordinal)));

    private static IEnumerable<string> Forbidden(string assembly) => assembly switch
    {
        "InfluencerCrm.Host" => [],
        "InfluencerCrm.Core" => [.. Others("InfluencerCrm.Core"), .. Servers, .. Drivers, .. MailLibraries],
        "InfluencerCrm.Mail" => [.. Others("InfluencerCrm.Mail", "InfluencerCrm.Core"), .. Servers, .. Drivers],
        "InfluencerCrm.Api" => [.. Others("InfluencerCrm.Api", "InfluencerCrm.Core"), .. Drivers, .. MailLibraries],
        "InfluencerCrm.Ui" => [.. Others("InfluencerCrm.Ui", "InfluencerCrm.Core"), .. Drivers, .. MailLibraries, "Microsoft.AspNetCore.OData", "Microsoft.OData"],
        var data when data.StartsWith("InfluencerCrm.Data.", StringComparison.Ordinal) => [.. Others(data, "InfluencerCrm.Core"), .. Servers, .. MailLibraries],
        _ => throw new ArgumentOutOfRangeException(nameof(assembly), assembly, "No rule for this assembly."),
    };

    private static IEnumerable<string> Others(params string[] allowed) => Ours.Except(allowed);
}
