using System.Security.Cryptography;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>Keeps the refresh token a provider replaced the account's one with: the old one is of no use any more.</summary>
public sealed class KeepRefreshToken(CrmDbContext db, CurrentActor scope, SenderSecrets secrets, TimeProvider clock)
{
    /// <returns>False: somebody has given the account another one meanwhile, which stays.</returns>
    public async Task<bool> ExecuteAsync(int accountId, string used, string next, CancellationToken ct)
    {
        scope.Required.Require(Right.Administer);
        if (await db.SenderAccounts.AsNoTracking().FirstOrDefaultAsync(a => a.Id == accountId, ct) is not { } account || !Holds(account, used))
        {
            return false;
        }

        var (known, encrypted) = (account.ProtectedRefreshToken, secrets.ProtectRefreshToken(next));
        return await db.SenderAccounts.Where(a => a.Id == accountId && a.ProtectedRefreshToken == known)
            .UpdateRowsAsync(clock.GetUtcNow().UtcDateTime, set => set.SetProperty(a => a.ProtectedRefreshToken, encrypted), ct) == 1;
    }

    private bool Holds(SenderAccount account, string used)
    {
        try
        {
            return secrets.RefreshTokenOf(account) == used;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
