using System.Reflection;
using InfluencerCrm.TestKit;

namespace InfluencerCrm.Architecture.Tests;

public sealed class DependencyRuleTests
{
    public static TheoryData<string> Assemblies => [.. DependencyRule.Ours];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_RefersOnlyToWhatItMay(string name)
    {
        var references = Assembly.Load(name).GetReferencedAssemblies().Select(r => r.Name!).ToList();

        Assert.NotEmpty(references);
        Assert.Empty(DependencyRule.Violations(name, references));
    }

    /// <summary>A rule that could never fail would prove nothing: each part is shown a violation.</summary>
    [Theory]
    [InlineData("InfluencerCrm.Core", "Microsoft.AspNetCore.Mvc.Core")]
    [InlineData("InfluencerCrm.Core", "Microsoft.AspNetCore.OData")]
    [InlineData("InfluencerCrm.Core", "Microsoft.AspNetCore.Components.Web")]
    [InlineData("InfluencerCrm.Core", "MimeKit")]
    [InlineData("InfluencerCrm.Core", "Npgsql")]
    [InlineData("InfluencerCrm.Core", "Microsoft.Data.Sqlite")]
    [InlineData("InfluencerCrm.Core", "InfluencerCrm.Mail")]
    [InlineData("InfluencerCrm.Api", "InfluencerCrm.Mail")]
    [InlineData("InfluencerCrm.Api", "InfluencerCrm.Data.Sqlite")]
    [InlineData("InfluencerCrm.Ui", "InfluencerCrm.Api")]
    [InlineData("InfluencerCrm.Mail", "InfluencerCrm.Api")]
    [InlineData("InfluencerCrm.Data.Sqlite", "InfluencerCrm.Data.PostgreSql")]
    [InlineData("InfluencerCrm.Data.SqlServer", "MailKit")]
    [InlineData("InfluencerCrm.Data.PostgreSql", "Microsoft.AspNetCore.Http.Abstractions")]
    public void PlantedViolation_IsFound(string assembly, string reference)
    {
        var violations = DependencyRule.Violations(assembly, ["System.Runtime", reference]);

        Assert.Equal([reference], violations);
    }

    [Fact]
    public void EveryProjectUnderSrc_HasARule()
    {
        var projects = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(DependencyRule.Ours.Order(), projects.Order());
    }
}
