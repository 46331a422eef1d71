using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace InfluencerCrm.Core.Privacy;

/// <summary>What a link to confirm an erasure says.</summary>
/// <param name="InfluencerId">Who is to be erased.</param>
/// <param name="Language">BCP 47, of the mail that brought the link; null: unknown.</param>
/// <param name="ExpiresAt">UTC; from then on it erases nobody.</param>
public sealed record ErasureLink(int InfluencerId, string? Language, DateTime ExpiresAt);

/// <summary>
/// The links by which a person confirms that their data are to go: sealed with the installation's keys and for this purpose alone, so
/// that none can be made up, bent, or made of another token of ours. The product's clock says when one ends.
/// </summary>
public sealed class ErasureLinks(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private readonly IDataProtector _protector = protection.CreateProtector("ErasureLink");

    public string Seal(int influencerId, string? language) =>
        _protector.Protect(JsonSerializer.Serialize(new ErasureLink(influencerId, language, clock.GetUtcNow().UtcDateTime + Lifetime)));

    /// <returns>Null: no link of this installation.</returns>
    public ErasureLink? Open(string token)
    {
        try
        {
            return JsonSerializer.Deserialize<ErasureLink>(_protector.Unprotect(token));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
