using System.Text;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit;
using InfluencerCrm.TestKit.Smtp;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InfluencerCrm.Mail.Tests;

/// <summary>Signing in to the configured mail server with access tokens that a local endpoint gives.</summary>
public sealed class SmtpOAuthTests : IAsyncDisposable
{
    private const string Refused = "535 5.7.8 token refused";

    private HttpReceiver? tokens;
    private ScriptedSmtpServer? server;
    private ServiceProvider? services;
    private int fetched;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await (services?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (tokens?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task ATokenFetchedWithTheRefreshToken_SignsIn_AndServesTheNextConnectionToo()
    {
        await StartAsync(signIns: n => null);

        var first = await SendAsync();
        var second = await SendAsync();

        Assert.Equal((DeliveryOutcome.Sent, DeliveryOutcome.Sent), (first.Outcome, second.Outcome));
        Assert.Equal(["user=press auth=Bearer token1", "user=press auth=Bearer token1"], SignIns());
        Assert.Equal(["client_id=crm", "client_secret=quiet", "grant_type=refresh_token", "refresh_token=first"], Assert.Single(tokens!.Requests).Text.Split('&').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ATokenThatIsRefused_IsFetchedAnewOnce_WithTheRefreshTokenThatReplacedTheFirst()
    {
        await StartAsync(signIns: n => n == 1 ? Refused : null, replaces: true);

        var answer = await SendAsync();

        Assert.Equal(DeliveryOutcome.Sent, answer.Outcome);
        Assert.Equal(["user=press auth=Bearer token1", "user=press auth=Bearer token2"], SignIns());
        Assert.Contains("refresh_token=refresh1", tokens!.Requests.Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokensThatAreAlwaysRefused_EndTheSession_AfterTwo()
    {
        await StartAsync(signIns: n => Refused);

        var answer = await SendAsync();

        Assert.Equal((DeliveryOutcome.Deferred, true), (answer.Outcome, answer.RefusesSession));
        Assert.Contains("token refused", answer.Response, StringComparison.Ordinal);
        Assert.Equal(2, fetched);
    }

    [Fact]
    public async Task ARefreshTokenThatIsRefused_NamesTheSetting()
    {
        await StartAsync(signIns: n => null, status: StatusCodes.Status400BadRequest);

        var answer = await SendAsync();

        Assert.Equal((DeliveryOutcome.Deferred, true), (answer.Outcome, answer.RefusesSession));
        Assert.Contains("invalid_grant: check Mail__Smtp__OAuth__ClientId", answer.Response, StringComparison.Ordinal);
        Assert.Empty(SignIns());
    }

    [Fact]
    public async Task AnEndpointInAPrivateNetwork_IsNotAsked()
    {
        await StartAsync(signIns: n => null, allowPrivate: false);

        var answer = await SendAsync();

        Assert.Equal((DeliveryOutcome.Deferred, false), (answer.Outcome, answer.RefusesSession));
        Assert.Contains("Outbound__AllowPrivateNetworks", answer.Response, StringComparison.Ordinal);
        Assert.Empty(tokens!.Requests);
    }

    /// <param name="signIns">The server's answer to the n-th sign-in; null: it lets us in.</param>
    private async Task StartAsync(Func<int, string?> signIns, bool replaces = false, int status = StatusCodes.Status200OK, bool allowPrivate = true)
    {
        var tries = 0;
        server = new ScriptedSmtpServer((step, _) => step == "AUTH" ? signIns(++tries) ?? "235 2.7.0 in" : null, "AUTH XOAUTH2", "8BITMIME");
        tokens = await HttpReceiver.StartAsync();
        tokens.Answer = async (http, _) =>
        {
            var n = Interlocked.Increment(ref fetched);
            http.Response.StatusCode = status;
            await http.Response.WriteAsJsonAsync<object>(
                status != StatusCodes.Status200OK ? new { error = "invalid_grant" }
                : replaces ? new { access_token = $"token{n}", expires_in = 3600, refresh_token = $"refresh{n}" }
                : new { access_token = $"token{n}", expires_in = 3600 },
                Ct);
        };
        services = MailServices.Smtp(
            server.Port,
            null,
            ("Mail:Smtp:UserName", "press"),
            ("Mail:Smtp:OAuth:TokenEndpoint", new Uri(tokens.Address, "token").ToString()),
            ("Mail:Smtp:OAuth:ClientId", "crm"),
            ("Mail:Smtp:OAuth:ClientSecret", "quiet"),
            ("Mail:Smtp:OAuth:RefreshToken", "first"),
            ("Outbound:AllowPrivateNetworks", $"{allowPrivate}"));
    }

    private async Task<DeliveryAnswer> SendAsync()
    {
        await using var connection = services!.Transport().Open();
        return await connection.SendAsync(TestMails.Plain(), Ct);
    }

    private IEnumerable<string> SignIns() => server!.Commands.Where(c => c.StartsWith("AUTH XOAUTH2 ", StringComparison.Ordinal))
        .Select(c => Encoding.UTF8.GetString(Convert.FromBase64String(c["AUTH XOAUTH2 ".Length..])).Replace('\u0001', ' ').Trim());
}
