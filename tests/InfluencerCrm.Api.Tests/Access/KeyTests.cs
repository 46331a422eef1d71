using System.Net.Http.Headers;
using System.Text;

namespace InfluencerCrm.Api.Tests.Access;

public sealed class KeyTests : ApiTest
{
    [Fact]
    public async Task Key_IsTakenAsHeader_Bearer_AndBasicPassword()
    {
        using var header = App.WithKey(CrmApp.AdminKey);
        using var bearer = App.Anonymous;
        bearer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", CrmApp.AdminKey);
        using var basic = App.Anonymous;
        basic.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"anybody:{CrmApp.AdminKey}")));

        foreach (var client in new[] { header, bearer, basic })
        {
            using var response = await SendAsync(client, HttpMethod.Get, "odata/topics");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    [InlineData("icrm_1_00000000000000000000000000000000")]
    [InlineData("icrm_999999999999999999999_x")]
    public async Task WrongKey_Is401(string key)
    {
        using var client = App.Anonymous;
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Api-Key", key);

        using var response = await SendAsync(client, HttpMethod.Get, "odata/topics");

        await ErrorAsync(response, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task BasicChallenge_GoesToToolsOnly()
    {
        using var tool = App.Anonymous;
        using var browser = App.Anonymous;
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Mode", "navigate");

        using var toTool = await SendAsync(tool, HttpMethod.Get, "odata/topics");
        using var toBrowser = await SendAsync(browser, HttpMethod.Get, "odata/topics");

        Assert.Contains(toTool.Headers.WwwAuthenticate, h => h.Scheme == "Basic");
        Assert.DoesNotContain(toBrowser.Headers.WwwAuthenticate, h => h.Scheme == "Basic");
    }

    [Fact]
    public async Task RevokedKey_OpensNothingAnyMore()
    {
        var made = await MakeKeyAsync("read");
        using var client = App.WithKey(made["key"]!.GetValue<string>());
        using var before = await SendAsync(client, HttpMethod.Get, "odata/topics");

        using var revoked = await SendAsync(App.Admin, HttpMethod.Delete, $"odata/apiKeys({Id(made)})", ifMatch: "*");
        using var after = await SendAsync(client, HttpMethod.Get, "odata/topics");

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await ErrorAsync(after, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task KeyIsShownOnce()
    {
        var made = await MakeKeyAsync("read");

        var listed = await App.GetAsync($"odata/apiKeys({Id(made)})");

        Assert.False(listed.ContainsKey("key"));
        Assert.DoesNotContain(made["key"]!.GetValue<string>(), (await App.GetAsync("odata/apiKeys")).ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reader", "odata/topics", HttpStatusCode.Forbidden)]
    [InlineData("assistant", "odata/topics", HttpStatusCode.Created)]
    [InlineData("prOfficer", "odata/topics", HttpStatusCode.Created)]
    [InlineData("assistant", "odata/campaigns", HttpStatusCode.Forbidden)]
    [InlineData("prOfficer", "odata/campaigns", HttpStatusCode.Created)]
    [InlineData("prOfficer", "odata/users", HttpStatusCode.Forbidden)]
    [InlineData("prOfficer", "odata/webhooks", HttpStatusCode.Forbidden)]
    public async Task Role_DecidesWhatIsWritten(string role, string url, HttpStatusCode expected)
    {
        using var client = await App.SignUpAsync(role, role == "reader" ? "read" : role == "assistant" ? "read,write" : "read,write,send");

        using var response = await SendAsync(client, HttpMethod.Post, url, """{"name":"x"}""");

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Scope_LimitsTheRole()
    {
        using var client = App.WithKey((await MakeKeyAsync("read"))["key"]!.GetValue<string>());

        using var read = await SendAsync(client, HttpMethod.Get, "odata/topics");
        using var write = await SendAsync(client, HttpMethod.Post, "odata/topics", """{"name":"x"}""");

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        await ErrorAsync(write, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Audit_IsForAdminsOnly()
    {
        using var officer = await App.SignUpAsync("prOfficer", "read,write,send");

        using var refused = await SendAsync(officer, HttpMethod.Get, "odata/auditEntries");

        await ErrorAsync(refused, HttpStatusCode.Forbidden);
        Assert.NotEmpty(await App.ListAsync("odata/auditEntries"));
    }

    private async Task<JsonObject> MakeKeyAsync(string scopes)
    {
        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/apiKeys", $$"""{"name":"test","scopes":["{{scopes}}"]}""");
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!.AsObject();
    }
}
