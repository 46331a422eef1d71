using InfluencerCrm.TestKit;
using Microsoft.Playwright;
using Xunit;

namespace InfluencerCrm.Ui.Tests;

/// <summary>Swagger UI as its readers use it.</summary>
public sealed class SwaggerTests : BrowserTest
{
    private const string List = "#operations-influencers-listInfluencers";
    private const string Create = "#operations-topics-createTopic";

    [Fact]
    public async Task ListsTheGroups_WithWhatTheyAre_AndAllOfThemClosed()
    {
        var page = await OpenAsync("/swagger/index.html");

        await page.WaitForSelectorAsync("#operations-tag-webhooks");

        Assert.Contains("journalists", await page.TextContentAsync("#operations-tag-influencers"), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator(".opblock").CountAsync());
        Assert.Equal(0, await page.Locator(".errors-wrapper").CountAsync());
    }

    [Fact]
    public async Task TryItOut_WithAKey_AnswersThePeople()
    {
        await App.CreateAsync("influencers", new { displayName = "Zoé Lefèvre" });
        var page = await OpenAsync("/swagger/index.html");
        await page.ClickAsync(".auth-wrapper button.authorize");
        var scheme = page.Locator(".auth-container", new PageLocatorOptions { HasText = "X-Api-Key" });
        await scheme.Locator("input").FillAsync(CrmApp.AdminKey);
        await scheme.Locator("button.authorize").ClickAsync();
        await page.ClickAsync(".btn-done");

        await OpenOperationAsync(page, "influencers", List);
        await page.ClickAsync($"{List} .execute");

        Assert.StartsWith("200", (await page.TextContentAsync($"{List} .live-responses-table .response .response-col_status"))!.Trim(), StringComparison.Ordinal);
        Assert.Contains("Zoé Lefèvre", await page.TextContentAsync($"{List} .live-responses-table .response .highlight-code"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryItOut_WithTheBrowsersSession_WritesTheExample()
    {
        var page = await SignInAsync();
        await page.GotoAsync("/swagger/index.html");

        await OpenOperationAsync(page, "topics", Create);
        await page.ClickAsync($"{Create} .execute");

        Assert.StartsWith("201", (await page.TextContentAsync($"{Create} .live-responses-table .response .response-col_status"))!.Trim(), StringComparison.Ordinal);
        Assert.Single(await App.ListAsync("odata/topics?$filter=name eq 'Home batteries'"));
    }

    private static async Task OpenOperationAsync(IPage page, string tag, string operation)
    {
        await page.ClickAsync($"#operations-tag-{tag}");
        await page.ClickAsync($"{operation} .opblock-summary-control");
        await page.WaitForSelectorAsync($"{operation} .execute");
    }
}
