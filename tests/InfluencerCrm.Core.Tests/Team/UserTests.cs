using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Team;

namespace InfluencerCrm.Core.Tests.Team;

public sealed class UserTests
{
    [Theory]
    [InlineData("no address")]
    [InlineData("A <a@example.org>")]
    [InlineData("a@example.org\r\nBcc: b@example.org")]
    [InlineData("")]
    public void Create_WithoutAPlainAddress_IsRefused(string email) =>
        Assert.Equal("email", Assert.Throws<RuleViolation>(() => User.Create(new UserChanges { Email = email, Role = Role.Reader })).Target);

    [Fact]
    public void APassword_IsNeverAPropertyThatIsSaved()
    {
        var user = User.Create(new UserChanges { Email = "a@example.org", Role = Role.Reader, Password = "correct horse" });

        Assert.Null(user.PasswordHash);
        Assert.Equal("correct horse", user.NewPassword.Value);
    }
}
