using System.Text.Json;
using InfluencerCrm.Core.Inbound.Mailboxes;
using InfluencerCrm.Core.Outbound;

namespace InfluencerCrm.Mail.Inbox;

/// <summary>Access tokens of the account, fetched with the refresh token and kept while they hold. One for all connections of the process.</summary>
internal sealed class AccessTokens(InboxOAuthOptions options, SafeHttp http) : IDisposable
{
    /// <summary>Of a token whose lifetime the server does not tell.</summary>
    private static readonly TimeSpan Unknown = TimeSpan.FromMinutes(5);

    /// <summary>A token that ends while a connection is made helps nobody.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private static readonly SafeLimits Limits = new() { Bytes = 100_000, Time = TimeSpan.FromSeconds(30) };

    private readonly SemaphoreSlim gate = new(1);
    private string? token;
    private long fetched;
    private TimeSpan lifetime;

    /// <exception cref="MailboxFault">There is none to be had.</exception>
    public async Task<string> GetAsync(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            // The process's time, not the product's clock, which may stand still in tests.
            if (token is null || TimeProvider.System.GetElapsedTime(fetched) > lifetime - Margin)
            {
                token = null;
                fetched = TimeProvider.System.GetTimestamp();
                (token, lifetime) = await FetchAsync(ct);
            }

            return token;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The mail server does not take it: whatever its lifetime, another is fetched next time.</summary>
    public void Forget() => token = null;

    public void Dispose() => gate.Dispose();

    private async Task<(string Token, TimeSpan Lifetime)> FetchAsync(CancellationToken ct)
    {
        SafeAnswer answer;
        try
        {
            answer = await http.SendAsync(new Uri(options.TokenEndpoint!), Request, Limits, ct);
        }
        catch (OutboundRefused e)
        {
            throw new MailboxFault($"No access token for the IMAP server; Mail__Inbox__OAuth__TokenEndpoint: {e.Message}", e);
        }

        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            if (json.RootElement.TryGetProperty("access_token", out var access) && access.GetString() is { Length: > 0 } fresh)
            {
                return (fresh, json.RootElement.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var life) ? TimeSpan.FromSeconds(life) : Unknown);
            }

            // RFC 6749 §5.2: a word such as invalid_grant.
            var word = json.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String ? MailAddresses.OneLine(error.GetString()) : $"status {(int)answer.Status}";
            throw new MailboxFault($"No access token for the IMAP server; the token endpoint answered {word}: check Mail__Inbox__OAuth__ClientId, ClientSecret and RefreshToken.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new MailboxFault($"No access token for the IMAP server; the token endpoint answered with status {(int)answer.Status} and no JSON object.", e);
        }
    }

    private HttpRequestMessage Request(Uri address)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = options.RefreshToken!, ["client_id"] = options.ClientId! };
        if (!string.IsNullOrEmpty(options.ClientSecret)) form["client_secret"] = options.ClientSecret;
        if (!string.IsNullOrEmpty(options.Scope)) form["scope"] = options.Scope;
        return new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
    }
}
