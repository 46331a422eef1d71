using Xunit;

namespace InfluencerCrm.Ui.Tests;

public sealed class SetUpTests : BrowserTest
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Bootstrap:AdminEmail"] = null,
        ["Bootstrap:AdminPassword"] = null,
        ["Bootstrap:ApiKey"] = null,
    };

    [Fact]
    public async Task SetUpLink_MakesTheFirstAdmin_Once()
    {
        var page = await OpenAsync(App.SetupPath!);
        await page.FillAsync("#name", "Inès Carvalho");
        await page.FillAsync("#email", "ines@passerelle.test");
        await page.FillAsync("#password", "a long enough password");
        await page.ClickAsync("main button");
        await AtAsync(page, App.Address);
        Assert.Contains("No contacts yet", await page.TextContentAsync("main"), StringComparison.Ordinal);

        var again = await OpenAsync(App.SetupPath!);
        await again.FillAsync("#name", "Somebody else");
        await again.FillAsync("#email", "else@passerelle.test");
        await again.FillAsync("#password", "a long enough password");
        await again.ClickAsync("main button");

        Assert.NotNull(await again.WaitForSelectorAsync("[role=alert]"));
    }
}
