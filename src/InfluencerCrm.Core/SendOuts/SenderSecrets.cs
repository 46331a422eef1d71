using System.Security.Cryptography;
using InfluencerCrm.Core.Data;
using Microsoft.AspNetCore.DataProtection;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>Encrypts what sender accounts sign in with, and reads it for the connection to their server and nothing else.</summary>
public sealed class SenderSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _passwords = protection.CreateProtector("SenderAccount.Password");
    private readonly IDataProtector _clientSecrets = protection.CreateProtector("SenderAccount.ClientSecret");
    private readonly IDataProtector _refreshTokens = protection.CreateProtector("SenderAccount.RefreshToken");

    /// <exception cref="CryptographicException">It was encrypted with keys that this installation does not have.</exception>
    public string? PasswordOf(SenderAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return Read(_passwords, account.ProtectedPassword);
    }

    /// <exception cref="CryptographicException">It was encrypted with keys that this installation does not have.</exception>
    public string? ClientSecretOf(SenderAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return Read(_clientSecrets, account.ProtectedClientSecret);
    }

    /// <exception cref="CryptographicException">It was encrypted with keys that this installation does not have.</exception>
    public string? RefreshTokenOf(SenderAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return Read(_refreshTokens, account.ProtectedRefreshToken);
    }

    internal string ProtectRefreshToken(string token) => _refreshTokens.Protect(token);

    /// <summary>Encrypts what was sent, before the row is written.</summary>
    internal void Protect(SenderAccount account)
    {
        var sent = account.NewSecrets;
        Keep(sent.Password, _passwords, account.KeepPassword);
        Keep(sent.ClientSecret, _clientSecrets, account.KeepClientSecret);
        Keep(sent.RefreshToken, _refreshTokens, account.KeepRefreshToken);
        account.SecretsKept();
    }

    private static string? Read(IDataProtector protector, string? secret) => secret is null ? null : protector.Unprotect(secret);

    private static void Keep(Optional<string?> sent, IDataProtector protector, Action<string?> keep)
    {
        if (sent.IsSet)
        {
            keep(string.IsNullOrEmpty(sent.Value) ? null : protector.Protect(sent.Value));
        }
    }
}
