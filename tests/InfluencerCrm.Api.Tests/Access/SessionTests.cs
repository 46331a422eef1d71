namespace InfluencerCrm.Api.Tests.Access;

public sealed class SessionTests : ApiTest
{
    private const string SignIn = $$"""{"email":"{{CrmApp.AdminEmail}}","password":"{{CrmApp.AdminPassword}}"}""";

    [Fact]
    public async Task SignedIn_MayRead_AndWritesOnlyWithTheToken()
    {
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler) { BaseAddress = App.Address };
        using var signedIn = await SendAsync(browser, HttpMethod.Post, "api/session", SignIn);
        Assert.Equal(HttpStatusCode.NoContent, signedIn.StatusCode);

        using var read = await SendAsync(browser, HttpMethod.Get, "odata/topics");
        using var without = await SendAsync(browser, HttpMethod.Post, "odata/topics", """{"name":"x"}""");
        var session = await App.GetAsync("api/session", browser);
        browser.DefaultRequestHeaders.Add("X-Csrf-Token", session["csrfToken"]!.GetValue<string>());
        using var with = await SendAsync(browser, HttpMethod.Post, "odata/topics", """{"name":"x"}""");
        browser.DefaultRequestHeaders.Add("Origin", "https://evil.example.org");
        using var foreign = await SendAsync(browser, HttpMethod.Post, "odata/topics", """{"name":"y"}""");

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal("antiforgery", (await ErrorAsync(without, HttpStatusCode.Forbidden))["code"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Created, with.StatusCode);
        Assert.Equal("foreignOrigin", (await ErrorAsync(foreign, HttpStatusCode.Forbidden))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task WrongPassword_IsRefused_WithoutSayingWhich()
    {
        using var wrong = await SendAsync(App.Anonymous, HttpMethod.Post, "api/session", $$"""{"email":"{{CrmApp.AdminEmail}}","password":"nope"}""");
        using var unknown = await SendAsync(App.Anonymous, HttpMethod.Post, "api/session", """{"email":"nobody@example.org","password":"nope"}""");

        var first = await ErrorAsync(wrong, HttpStatusCode.Forbidden);
        var second = await ErrorAsync(unknown, HttpStatusCode.Forbidden);
        Assert.Equal(first["message"]!.GetValue<string>(), second["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task DeactivatedUser_IsOutAtOnce()
    {
        var (client, userId) = await App.SignUpUserAsync("assistant", "read,write");
        using var before = await SendAsync(client, HttpMethod.Get, "odata/topics");

        using var deactivated = await SendAsync(App.Admin, HttpMethod.Patch, $"odata/users({userId})", """{"active":false}""", "*");
        using var after = await SendAsync(client, HttpMethod.Get, "odata/topics");

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.OK, deactivated.StatusCode);
        await ErrorAsync(after, HttpStatusCode.Unauthorized);
    }
}
