using System.Net;
using System.Text.Json;
using InfluencerCrm.Core.Outbound;

namespace InfluencerCrm.Mail;

/// <summary>Access tokens of one account, fetched with the refresh token and kept while they hold. One for all connections of the process.</summary>
/// <param name="settings">What the settings are called, such as <c>Mail__Inbox__OAuth__</c>, for whoever has to correct them.</param>
internal sealed class AccessTokens(OAuthOptions options, string settings, SafeHttp http) : IDisposable
{
    /// <summary>Of a token whose lifetime the server does not tell.</summary>
    private static readonly TimeSpan Unknown = TimeSpan.FromMinutes(5);

    /// <summary>A token that ends while a connection is made helps nobody.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private static readonly SafeLimits Limits = new() { Bytes = 100_000, Time = TimeSpan.FromSeconds(30) };

    private readonly SemaphoreSlim gate = new(1);
    private volatile string refresh = options.RefreshToken ?? "";
    private volatile string? token;
    private long fetched;
    private TimeSpan lifetime;

    /// <summary>Called with the refresh token that was used and the one the provider replaced it with (RFC 6749 §6), which has to outlive the process.</summary>
    public Func<string, string, CancellationToken, Task>? Replaced { get; init; }

    /// <exception cref="NoAccessToken">There is none to be had.</exception>
    public async Task<string> GetAsync(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            // The process's time, not the product's clock, which may stand still in tests.
            if (token is not { } kept || TimeProvider.System.GetElapsedTime(fetched) > lifetime - Margin)
            {
                token = null;
                fetched = TimeProvider.System.GetTimestamp();
                (kept, lifetime) = await FetchAsync(ct);
                token = kept;
            }

            return kept;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The mail server does not take it: whatever its lifetime, another is fetched next time.</summary>
    public void Forget(string refused) => token = token == refused ? null : token;

    /// <summary>These tokens are for the same account at the same endpoint; the refresh token may differ, since providers replace it.</summary>
    public bool AreOf(OAuthOptions other) => options with { RefreshToken = null } == other with { RefreshToken = null };

    /// <summary>From the next fetch on.</summary>
    public void Use(string? refreshToken) => refresh = refreshToken ?? "";

    public void Dispose() => gate.Dispose();

    private async Task<(string Token, TimeSpan Lifetime)> FetchAsync(CancellationToken ct)
    {
        var used = refresh;
        SafeAnswer answer;
        try
        {
            answer = await http.SendAsync(new Uri(options.TokenEndpoint!), address => Request(address, used), Limits, ct);
        }
        catch (OutboundRefused e)
        {
            throw new NoAccessToken($"No access token; {settings}TokenEndpoint: {e.Message}", e);
        }

        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            if (Text(json, "access_token") is { Length: > 0 } fresh)
            {
                if (Text(json, "refresh_token") is { Length: > 0 } next && next != used)
                {
                    refresh = next;
                    await (Replaced?.Invoke(used, next, ct) ?? Task.CompletedTask);
                }

                return (fresh, json.RootElement.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var life) ? TimeSpan.FromSeconds(life) : Unknown);
            }

            // RFC 6749 §5.2: a word such as invalid_grant.
            var word = Text(json, "error") is { Length: > 0 } error ? MailAddresses.OneLine(error) : $"status {(int)answer.Status}";
            throw new NoAccessToken($"No access token; the token endpoint answered {word}: check {settings}ClientId, {settings}ClientSecret and {settings}RefreshToken.") { IsRefusal = answer.Status < HttpStatusCode.InternalServerError };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new NoAccessToken($"No access token; the token endpoint answered with status {(int)answer.Status} and no JSON object.", e);
        }
    }

    private static string? Text(JsonDocument json, string member) => json.RootElement.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private HttpRequestMessage Request(Uri address, string refreshToken)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken, ["client_id"] = options.ClientId! };
        if (!string.IsNullOrEmpty(options.ClientSecret)) form["client_secret"] = options.ClientSecret;
        if (!string.IsNullOrEmpty(options.Scope)) form["scope"] = options.Scope;
        return new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
    }
}
