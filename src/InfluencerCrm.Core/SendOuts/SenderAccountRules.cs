using InfluencerCrm.Core.Data;
using Microsoft.AspNetCore.DataProtection;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>Passwords of mail servers are kept encrypted.</summary>
public sealed class SenderAccountRules(IDataProtectionProvider protection) : IRowRule<SenderAccount>
{
    private readonly IDataProtector _protector = protection.CreateProtector("SenderAccount.Password");

    public Task CheckAsync(SenderAccount row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.NewPassword is { } password)
        {
            row.Keep(password.Length == 0 ? null : _protector.Protect(password));
        }

        return Task.CompletedTask;
    }

    /// <summary>For the connection to the server, and nothing else.</summary>
    public string? PasswordOf(SenderAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account.ProtectedPassword is null ? null : _protector.Unprotect(account.ProtectedPassword);
    }
}
