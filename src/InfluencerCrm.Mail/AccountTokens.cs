using System.Data.Common;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Outbound;
using InfluencerCrm.Core.SendOuts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Mail;

/// <summary>Makes the access tokens of sender accounts, which outlive the versions of their rows: a replaced refresh token is itself a new version.</summary>
internal sealed class AccountTokens(SenderSecrets secrets, SafeHttp http, IServiceScopeFactory scopes, ILogger<AccountTokens> logger)
{
    /// <param name="before">Those of the version before.</param>
    /// <returns>Null: the account signs in by password.</returns>
    public AccessTokens? Of(SenderAccount account, AccessTokens? before)
    {
        if (string.IsNullOrEmpty(account.OauthTokenEndpoint)) return null;
        var options = new OAuthOptions
        {
            TokenEndpoint = account.OauthTokenEndpoint,
            ClientId = account.OauthClientId,
            ClientSecret = secrets.ClientSecretOf(account),
            RefreshToken = secrets.RefreshTokenOf(account),
            Scope = account.OauthScope,
        };
        if (before?.AreOf(options) == true)
        {
            before.Use(options.RefreshToken);
            return before;
        }

        return new AccessTokens(options, "the sender account's oauth", http) { Replaced = (used, next, ct) => KeepAsync(account.Id, used, next, ct) };
    }

    private async Task KeepAsync(int account, string used, string next, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateProductScope();
            await scope.ServiceProvider.GetRequiredService<KeepRefreshToken>().ExecuteAsync(account, used, next, ct);
        }
        catch (DbException e)
        {
            // The process goes on with it; only a restart would need it from the row.
            Log.RefreshTokenNotKept(logger, account, e.GetType().Name);
        }
    }
}
