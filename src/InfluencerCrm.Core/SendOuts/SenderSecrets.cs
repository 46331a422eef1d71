using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>Encrypts what sender accounts sign in with, and reads it for the connection to their server and nothing else.</summary>
public sealed class SenderSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _passwords = protection.CreateProtector("SenderAccount.Password");

    /// <exception cref="CryptographicException">It was encrypted with keys that this installation does not have.</exception>
    public string? PasswordOf(SenderAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account.ProtectedPassword is null ? null : _passwords.Unprotect(account.ProtectedPassword);
    }

    /// <summary>Encrypts what was sent, before the row is written.</summary>
    internal void Protect(SenderAccount account)
    {
        if (account.NewPassword is { } password)
        {
            account.Keep(password.Length == 0 ? null : _passwords.Protect(password));
        }
    }
}
