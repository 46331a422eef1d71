using System.Security.Cryptography;
using System.Text.Json;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Changes;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.DataProtection;

namespace InfluencerCrm.Api.OData.Deltas;

/// <summary>Where a reader of a set's changes stands.</summary>
/// <param name="Query">A digest of the query the reader began with: it must go on with the same.</param>
/// <param name="Walls">A digest of what the reader may see: when that changes, rows come and go without a change of their own.</param>
/// <param name="From">Everything before this mark was read.</param>
/// <param name="FromAt">When that was; from then on the changes must still be kept.</param>
/// <param name="To">Inside a paged answer: where it ends.</param>
/// <param name="ToAt">When that end was found.</param>
/// <param name="After">Inside a paged answer: the last row of the page before.</param>
internal sealed record DeltaToken(string Set, string Query, string Walls, long From, DateTime FromAt, long? To = null, DateTime? ToAt = null, ChangedRow? After = null);

/// <summary>Tokens are opaque: sealed with the installation's keys, so that none can be made up or bent.</summary>
internal sealed class DeltaTokens(IDataProtectionProvider protection, TimeProvider clock)
{
    private readonly IDataProtector _protector = protection.CreateProtector("DeltaToken");

    public string Seal(DeltaToken token) => _protector.Protect(JsonSerializer.Serialize(token, JsonSerializerOptions.Default));

    /// <exception cref="Malformed">Not a token of this installation, or one of another query.</exception>
    /// <exception cref="ChangesGone">Too old, or the reader's walls have moved.</exception>
    public DeltaToken Open(string text, string set, string query, Actor actor)
    {
        DeltaToken token;
        try
        {
            token = JsonSerializer.Deserialize<DeltaToken>(_protector.Unprotect(text), JsonSerializerOptions.Default)!;
        }
        catch (CryptographicException)
        {
            throw Bad("This is no token of this API.");
        }

        if (token.Set != set || token.Query != query)
        {
            throw Bad("The token belongs to another query. Follow the links of an answer as they are.");
        }

        if (token.FromAt < clock.GetUtcNow().UtcDateTime - PruneChanges.Kept)
        {
            throw new ChangesGone($"Changes are kept for {PruneChanges.Kept.TotalDays} days; this link is older.");
        }

        return token.Walls == DigestOf(actor) ? token : throw new ChangesGone("What you may see has changed since.");
    }

    public static string DigestOf(Actor actor) => actor.SeesAllClients
        ? "all"
        : Digest($"{string.Join(',', actor.ClientIds.Order())};{string.Join(',', actor.HiddenCampaignIds.Order())}");

    public static string Digest(string text) => Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));

    private static Malformed Bad(string message) => new("badDeltaToken", message, "$deltatoken");
}
