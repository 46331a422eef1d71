using InfluencerCrm.TestKit;

namespace InfluencerCrm.Core.Tests.Data;

public sealed class ConfiguredDatabasesTests
{
    [Fact]
    public void PostgreSql_IsThere_WhereTheRunMustHaveIt()
    {
        var required = Environment.GetEnvironmentVariable("CI") is "true" or "1" || Environment.GetEnvironmentVariable("INFLUENCERCRM_REQUIRE_POSTGRES") is { Length: > 0 };

        Assert.True(!required || TestDatabase.Providers.Contains("PostgreSql"),
            "This run must test PostgreSQL too, and INFLUENCERCRM_TEST_POSTGRES names no server. scripts/test.sh starts one.");
    }

    [DatabaseFact]
    public async Task ATest_RunsOnTheDatabaseItIsNamedFor()
    {
        await using var database = await CrmDatabase.CreateAsync(TestContext.Current.CancellationToken);

        Assert.Contains($"[{database.Provider}]", TestContext.Current.TestCase!.TestCaseDisplayName, StringComparison.Ordinal);
        await using var scope = database.As(Actors.Admin);
        Assert.Contains(database.Provider == "PostgreSql" ? "Npgsql" : database.Provider, scope.Db.Database.ProviderName, StringComparison.Ordinal);
    }
}
