using Deque.AxeCore.Playwright;
using InfluencerCrm.TestKit;
using Xunit;

namespace InfluencerCrm.Ui.Tests;

public sealed class FirstPagesTests : BrowserTest
{
    [Fact]
    public async Task Today_AsksForSignIn_ThenShowsTheNumbers_AndWhereMailsGo()
    {
        var person = await App.CreateAsync("influencers", new { displayName = "Zoé Lefèvre" });
        await App.CreateAsync("requests", new { influencerId = person["id"]!.GetValue<int>(), question = "Figures for the winter?", kind = "figures", receivedAt = "2020-01-01T00:00:00Z", deadlineAt = "2020-01-02T00:00:00Z" });

        var page = await SignInAsync();

        Assert.Equal("1", await page.TextContentAsync(".numbers div:first-child dd"));
        Assert.Contains("Figures for the winter?", await page.TextContentAsync("li.late"), StringComparison.Ordinal);
        Assert.Contains("nothing leaves this machine", await page.TextContentAsync(".mail-note"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptyInstallation_SaysHowToBringContacts()
    {
        var page = await SignInAsync();

        Assert.Contains("No contacts yet", await page.TextContentAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task French_IsSpokenToAFrenchBrowser()
    {
        var page = await OpenAsync("/sign-in", "fr-FR");

        Assert.Equal("Connexion", await page.TextContentAsync("h1"));
        Assert.Equal("fr", await page.GetAttributeAsync("html", "lang"));
        Assert.EndsWith("rien ne quitte cette machine", await page.TextContentAsync(".mail-note"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongPassword_SaysSo_AndStaysOut()
    {
        var page = await OpenAsync("/sign-in");
        await page.FillAsync("#email", CrmApp.AdminEmail);
        await page.FillAsync("#password", "not the password");

        await page.ClickAsync("main button");

        Assert.Contains("wrong", await page.TextContentAsync("[role=alert]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_DoesNotRedirectToAnotherSite()
    {
        var page = await OpenAsync("/sign-in?ReturnUrl=//evil.example.org/");
        await page.FillAsync("#email", CrmApp.AdminEmail);
        await page.FillAsync("#password", CrmApp.AdminPassword);

        await page.ClickAsync("main button");
        await AtAsync(page, App.Address);

        Assert.Equal(App.Address.Authority, new Uri(page.Url).Authority);
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        var page = await SignInAsync();

        await page.ClickAsync("nav button");
        await page.GotoAsync("/");

        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownPage_IsExplained()
    {
        var page = await OpenAsync("/no-such-page");

        Assert.Equal("There is no such page", await page.TextContentAsync("h1"));
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/setup")]
    public async Task Pages_HaveNoAccessibilityViolations(string path)
    {
        var page = await OpenAsync(path);

        var result = await page.RunAxe();

        Assert.Empty(result.Violations.Select(v => $"{v.Id}: {v.Help}"));
    }
}
