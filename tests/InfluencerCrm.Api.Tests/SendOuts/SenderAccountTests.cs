using System.Text;
using System.Text.Json;
using InfluencerCrm.TestKit.Smtp;
using Microsoft.AspNetCore.Http;

namespace InfluencerCrm.Api.Tests.SendOuts;

/// <summary>Sender accounts over HTTP, and who may send with them.</summary>
public sealed class SenderAccountTests : SendOutTest
{
    [Fact]
    public async Task AProvider_FillsWhatIsNotGiven_AndSecretsAreNeverRead()
    {
        var account = await App.CreateAsync("senderAccounts", new
        {
            name = "Press", fromAddress = "press@agency.example.org", provider = "microsoft365", perDay = 10_000, userName = "press",
            password = "hush-password", oauthClientId = "crm", oauthClientSecret = "hush-client", oauthRefreshToken = "hush-token",
        });

        Assert.Equal(("smtp.office365.com", 587, "startTls"), (Text(account, "host"), account["port"]!.GetValue<int>(), Text(account, "security")));
        Assert.Equal((24, 10_000, 2), (account["perMinute"]!.GetValue<int>(), account["perDay"]!.GetValue<int>(), account["maxConnections"]!.GetValue<int>()));
        Assert.Equal("https://login.microsoftonline.com/common/oauth2/v2.0/token", Text(account, "oauthTokenEndpoint"));
        Assert.DoesNotContain("hush", (await App.GetAsync($"odata/senderAccounts({Id(account)})")).ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"provider\":\"gmail\",\"perDay\":501}", "outOfRange", "perDay")]
    [InlineData("{\"provider\":\"microsoft365\",\"perMinute\":31}", "outOfRange", "perMinute")]
    [InlineData("{\"maxConnections\":33}", "outOfRange", "maxConnections")]
    [InlineData("{\"provider\":\"amazonSes\"}", "required", "host")]
    [InlineData("{\"oauthTokenEndpoint\":\"http://tokens.example.org\"}", "notAWebAddress", "oauthTokenEndpoint")]
    public async Task WhatCannotBe_IsRefusedByName(string more, string code, string target)
    {
        var body = JsonNode.Parse(more)!.AsObject();
        body["name"] = "Press";
        body["fromAddress"] = "press@agency.example.org";

        var error = await RefusedAsync(HttpStatusCode.UnprocessableEntity, "odata/senderAccounts", body);

        Assert.Equal((code, target), (Text(error, "code"), Text(error, "target")));
    }

    [Fact]
    public async Task WhyItFailed_IsNotForTheClientToSay()
    {
        var account = await App.CreateAsync("senderAccounts", new { name = "Press", fromAddress = "press@agency.example.org", stateReason = "because" });

        Assert.Null(account["stateReason"]);
    }

    [Theory]
    [InlineData("userIds", "accountNotForUser")]
    [InlineData("clientIds", "accountNotForClient")]
    public async Task AnAccountOfOthers_IsRefusedInCheck_WhenScheduling_AndInATest(string member, string code)
    {
        var (other, userId) = await App.SignUpUserAsync("prOfficer", "read,write,send");
        var client = Id(await App.CreateAsync("clients", new { name = "Voltis" }));
        var account = await AccountAsync(new Dictionary<string, object> { [member] = new[] { member == "userIds" ? userId : client } });
        var sendOut = await SendOutWithAsync(account);

        var problem = Problem(await CheckAsync(sendOut), code);
        var schedule = await RefusedAsync(HttpStatusCode.UnprocessableEntity, $"odata/sendOuts({sendOut})/schedule", new { at = Json(Later) });
        var test = await RefusedAsync(HttpStatusCode.UnprocessableEntity, $"odata/sendOuts({sendOut})/sendTest", new { to = CrmApp.AdminEmail });

        Assert.Equal("error", Text(problem, "severity"));
        Assert.Equal(("checkFailed", code), (Text(schedule, "code"), Text(schedule["details"]![0], "code")));
        Assert.Equal(code, Text(test, "code"));
        if (member == "userIds")
        {
            Assert.Equal("scheduled", Text(await ScheduleAsync(sendOut, other), "status"));
        }
    }

    [Fact]
    public async Task ASenderFromAnotherDomainThanTheAccounts_Blocks()
    {
        var account = await AccountAsync([]);
        var strange = await SendOutWithAsync(account, "press@elsewhere.example.org");
        var own = await SendOutWithAsync(account, "Zoe@Agency.Example.org");

        var problem = Problem(await CheckAsync(strange), "fromAddressNotOfAccount");

        Assert.Equal(("error", "fromAddress"), (Text(problem, "severity"), Text(problem, "target")));
        Assert.Null(Problem(await CheckAsync(own), "fromAddressNotOfAccount"));
    }

    private async Task<int> AccountAsync(Dictionary<string, object> more) =>
        Id(await App.CreateAsync("senderAccounts", new Dictionary<string, object>(more) { ["name"] = "Press", ["fromAddress"] = "press@agency.example.org" }));

    private async Task<int> SendOutWithAsync(int account, string? from = null) =>
        await SendOutAsync(
            await ListAsync(await PersonAsync("Ana", $"ana{Guid.NewGuid():N}@example.org")), await StoryAsync(), new { senderAccountId = account, fromAddress = from });
}

/// <summary>An account with a server and access tokens of its own, which the provider replaces at each use.</summary>
public sealed class SenderAccountOAuthTests : SendOutTest
{
    private readonly SmtpServers _servers = new();

    protected override IReadOnlyDictionary<string, string?>? Settings => new Dictionary<string, string?>
    {
        ["Mail:Transport"] = "Smtp",
        ["Mail:FromAddress"] = "press@agency.example.org",
        ["Mail:Smtp:Host"] = "127.0.0.1",
        ["Mail:Smtp:Port"] = "1",
        ["PublicUrl"] = "https://crm.example.org",
        ["Outbound:AllowPrivateNetworks"] = "true",
    };

    protected override async ValueTask BeforeStartAsync() => await _servers.StartAsync();

    protected override ValueTask AfterEndAsync() => _servers.DisposeAsync();

    [Fact]
    public async Task TheRefreshTokenThatReplacedTheFirst_IsKeptOnTheRow()
    {
        var account = Id(await App.CreateAsync("senderAccounts", new
        {
            name = "Press", fromAddress = "press@agency.example.org", host = "127.0.0.1", port = _servers.Smtp!.Port, security = "none", userName = "press",
            oauthTokenEndpoint = _servers.Endpoint, oauthClientId = "crm", oauthRefreshToken = "refresh0",
        }));
        var sendOut = await SendOutAsync(await ListAsync(await PersonAsync("Ana", "ana@example.org")), await StoryAsync(), new { senderAccountId = account });

        var first = await TestAsync(sendOut);
        var again = await TestAsync(sendOut);
        await ChangeAsync(account, new { userName = "desk" });
        var other = await TestAsync(sendOut);

        Assert.Equal(("sent", "sent", "sent"), (Text(first, "outcome"), Text(again, "outcome"), Text(other, "outcome")));
        Assert.Equal(["user=press auth=Bearer token1", "user=press auth=Bearer token1", "user=desk auth=Bearer token2"], _servers.SignIns);
        Assert.Equal(["refresh0", "refresh1"], _servers.Used);
    }

    private Task<JsonObject> TestAsync(int sendOut) => PostAsync($"odata/sendOuts({sendOut})/sendTest", new { to = CrmApp.AdminEmail });

    private async Task ChangeAsync(int account, object change)
    {
        var etag = (await App.GetAsync($"odata/senderAccounts({account})"))["@odata.etag"]!.GetValue<string>();
        using var answer = await SendAsync(App.Admin, HttpMethod.Patch, $"odata/senderAccounts({account})", JsonSerializer.Serialize(change), etag);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    private sealed class SmtpServers : IAsyncDisposable
    {
        private HttpReceiver? _tokens;
        private int _fetched;

        public ScriptedSmtpServer? Smtp { get; private set; }

        public string Endpoint => new Uri(_tokens!.Address, "token").ToString();

        public IEnumerable<string> SignIns => Smtp!.Commands.Where(c => c.StartsWith("AUTH XOAUTH2 ", StringComparison.Ordinal))
            .Select(c => Encoding.UTF8.GetString(Convert.FromBase64String(c["AUTH XOAUTH2 ".Length..])).Replace('\u0001', ' ').Trim());

        public IEnumerable<string> Used => _tokens!.Requests.Select(r => r.Text.Split('&').Single(p => p.StartsWith("refresh_token=", StringComparison.Ordinal))["refresh_token=".Length..]);

        public async Task StartAsync()
        {
            Smtp = new ScriptedSmtpServer((step, _) => step == "AUTH" ? "235 2.7.0 in" : null, "AUTH XOAUTH2", "8BITMIME");
            _tokens = await HttpReceiver.StartAsync();
            _tokens.Answer = (http, _) =>
            {
                var n = Interlocked.Increment(ref _fetched);
                return http.Response.WriteAsJsonAsync(new { access_token = $"token{n}", refresh_token = $"refresh{n}", expires_in = 3600 }, Ct);
            };
        }

        public async ValueTask DisposeAsync()
        {
            await (Smtp?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (_tokens?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}
