using InfluencerCrm.TestKit;
using Microsoft.Playwright;
using Xunit;

namespace InfluencerCrm.Ui.Tests;

/// <summary>A test in a real browser: Debian's Chromium, without a window.</summary>
public abstract class BrowserTest : IAsyncLifetime
{
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    protected CrmApp App { get; private set; } = null!;

    protected virtual IReadOnlyDictionary<string, string?>? Settings => null;

    public async ValueTask InitializeAsync()
    {
        App = await CrmApp.StartAsync(settings: Settings);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await App.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Waits until the page is at the address and read. The driver's own wait for an address misses a page that is there already.</summary>
    protected static async Task AtAsync(IPage page, Uri address) =>
        await page.WaitForFunctionAsync("address => location.href === address && document.readyState !== 'loading'", address.ToString());

    protected async Task<IPage> OpenAsync(string path, string locale = "en-GB")
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions { Locale = locale, BaseURL = App.Address.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    protected async Task<IPage> SignInAsync(string locale = "en-GB")
    {
        var page = await OpenAsync("/", locale);
        await page.FillAsync("#email", CrmApp.AdminEmail);
        await page.FillAsync("#password", CrmApp.AdminPassword);
        await page.ClickAsync("main button");
        await AtAsync(page, App.Address);
        return page;
    }
}
