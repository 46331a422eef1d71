using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Team;

namespace InfluencerCrm.Core.Tests.Team;

public sealed class ApiKeyTests
{
    private static readonly DateTime Now = new(2030, 5, 6, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Issue_GivesAKeyOf256Bits_AndKeepsOnlyItsHash()
    {
        var row = New(null);

        var key = row.Issue();

        Assert.Matches("^icrm_[0-9]+_[0-9a-f]{64}$", key);
        Assert.Equal(ApiKey.HashOf(key), row.KeyHash);
        Assert.StartsWith(row.Prefix!, key, StringComparison.Ordinal);
        Assert.True(row.Prefix!.Length < 20);
    }

    [Fact]
    public void AKey_IsUsableUntilItExpiresOrIsRevoked()
    {
        var expiring = New(Now);
        var revoked = New(null);
        revoked.Revoke(Now);

        Assert.True(expiring.IsUsable(Now.AddSeconds(-1)));
        Assert.False(expiring.IsUsable(Now));
        Assert.False(revoked.IsUsable(Now));
    }

    [Theory]
    [InlineData(Role.Reader, KeyScopes.Read, true)]
    [InlineData(Role.Reader, KeyScopes.Write, false)]
    [InlineData(Role.Assistant, KeyScopes.Read | KeyScopes.Write, true)]
    [InlineData(Role.Assistant, KeyScopes.Send, false)]
    [InlineData(Role.PrOfficer, KeyScopes.Read | KeyScopes.Write | KeyScopes.Send, true)]
    [InlineData(Role.PrOfficer, KeyScopes.Admin, false)]
    [InlineData(Role.Admin, KeyScopes.All, true)]
    [InlineData(Role.Admin, KeyScopes.None, false)]
    public void Scopes_ReachNoFurtherThanTheRole(Role role, KeyScopes scopes, bool allowed)
    {
        var refusal = Record.Exception(() => CreateApiKey.CheckScopes(scopes, Rights.Of(role), "the role does"));

        Assert.Equal(allowed, refusal is null);
        Assert.True(refusal is null or RuleViolation);
    }

    private static ApiKey New(DateTime? expiresAt) => new(new User("a@example.org", "A", Role.Admin), "test", KeyScopes.All, expiresAt);
}
