using InfluencerCrm.TestKit.Imap;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Inbound;

/// <summary>Signing in with access tokens: a token endpoint of the test, and a Dovecot that asks it whose a token is.</summary>
public sealed class MailboxOAuthTests : IAsyncDisposable
{
    private HttpReceiver? _tokens;
    private Dovecot? _server;
    private CrmApp? _app;
    private int _fetched;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await (_app?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_tokens?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task ATokenFetchedWithTheRefreshToken_OpensTheMailbox()
    {
        await StartAsync(n => $"good{n}");

        _server!.Deliver(MailboxTest.Letter(1));
        await UntilAsync(db => db.InboundMails.AnyAsync(Ct));

        var request = _tokens!.Requests.First(r => r.Path == "/token");
        Assert.Equal("POST", request.Method);
        Assert.Equal(["client_id=crm", "client_secret=quiet", "grant_type=refresh_token", "refresh_token=forever"], request.Text.Split('&').Order(StringComparer.Ordinal));
        Assert.Equal(1, _fetched);
    }

    [Fact]
    public async Task ATokenThatIsNotTaken_IsFetchedAnew()
    {
        await StartAsync(n => n == 1 ? "revoked" : "good");

        await UntilAsync(db => db.Mailboxes.AnyAsync(m => m.Fault != null && m.Fault.Contains("OAuth"), Ct));
        await UntilAsync(db => db.Mailboxes.AnyAsync(m => m.LookedAt != null && m.Fault == null, Ct));

        Assert.Equal(2, _fetched);
    }

    [Fact]
    public async Task ARefreshTokenThatIsNotTaken_IsToldOf()
    {
        await StartAsync(_ => null);

        await UntilAsync(db => db.Mailboxes.AnyAsync(m => m.Fault != null && m.Fault.Contains("invalid_grant"), Ct));
    }

    /// <param name="token">The n-th token; null: the refresh token is not taken.</param>
    private async Task StartAsync(Func<int, string?> token)
    {
        _tokens = await HttpReceiver.StartAsync();
        _tokens.Answer = async (http, request) =>
        {
            if (request.Path == "/token")
            {
                var fresh = token(Interlocked.Increment(ref _fetched));
                http.Response.StatusCode = fresh is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
                await http.Response.WriteAsJsonAsync<object>(fresh is null ? new { error = "invalid_grant" } : new { access_token = fresh, token_type = "Bearer", expires_in = 3600 }, Ct);
            }
            else if (request.Headers.GetValueOrDefault("authorization")?.StartsWith("Bearer good", StringComparison.Ordinal) == true)
            {
                await http.Response.WriteAsJsonAsync(new { email = "press", active = true }, Ct);
            }
            else
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            }
        };
        _server = await Dovecot.StartAsync(Ct, oauth: new Uri(_tokens.Address, "whose"));
        _app = await CrmApp.StartAsync(settings: new Dictionary<string, string?>(_server.Settings)
        {
            ["Mail:Inbox:Password"] = null,
            ["Mail:Inbox:OAuth:TokenEndpoint"] = new Uri(_tokens.Address, "token").ToString(),
            ["Mail:Inbox:OAuth:ClientId"] = "crm",
            ["Mail:Inbox:OAuth:ClientSecret"] = "quiet",
            ["Mail:Inbox:OAuth:RefreshToken"] = "forever",
            ["Outbound:AllowPrivateNetworks"] = "true",
        });
    }

    private async Task UntilAsync(Func<Core.Data.CrmDbContext, Task<bool>> isTrue)
    {
        // A bound on hanging, not a measure.
        var began = TimeProvider.System.GetTimestamp();
        while (!await MailboxTest.ReadAsync(_app!, isTrue))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(45), $"Waited too long: {_server!.Words}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }
}
