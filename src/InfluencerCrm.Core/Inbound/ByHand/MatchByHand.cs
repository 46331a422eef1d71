using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.Inbound.ByHand;

/// <summary>A mail that a user sent by hand, and to their logging address too.</summary>
/// <param name="People">Whom we know among To and Cc, in their order.</param>
/// <param name="Problem">What keeps it from the history until a person has looked.</param>
public sealed record ByHandMail(int UserId, IReadOnlyList<int> People, InboundProblem? Problem);

/// <summary>
/// Finds the user by the secret, and asks for proof that the mail is theirs: an address gets known, to everybody who was sent a copy by
/// mistake, and a From header is whatever its writer likes.
/// </summary>
public sealed class MatchByHand(CrmDbContext db, IOptions<LoggingOptions> options)
{
    /// <returns>Null: the mail is not one of these.</returns>
    public async Task<ByHandMail?> ExecuteAsync(MailReading reading, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reading);
        if (reading.Recipients.Count > 0 || LoggingAddress.SecretIn(options.Value.Address, reading.DeliveredTo.Concat(reading.AddressedTo)) is not { } secret)
        {
            return null;
        }

        var key = LoggingAddress.KeyOf(secret);
        var user = await db.Users.AsNoTracking().Where(u => u.LoggingKey == key && u.Active).Select(u => new { u.Id, u.Email }).FirstOrDefaultAsync(ct);
        if (user is null)
        {
            return null;
        }

        var people = await PeopleAsync(reading.AddressedTo, ct);
        var from = AddressKey.Of(reading.FromAddress);
        var proven = from is not null && from == AddressKey.Of(user.Email) && IsSigned(reading, from[(from.LastIndexOf('@') + 1)..]);
        return new ByHandMail(user.Id, people, !proven ? InboundProblem.UnprovenSender : people.Count == 0 ? InboundProblem.NobodyKnown : null);
    }

    private async Task<IReadOnlyList<int>> PeopleAsync(IReadOnlyList<string> addresses, CancellationToken ct)
    {
        var keys = addresses.Select(AddressKey.Of).OfType<string>().Distinct().ToList();
        var found = await db.ContactPoints.Where(p => p.InfluencerId != null && p.UniqueAddressKey != null && keys.Contains(p.UniqueAddressKey))
            .Select(p => new { p.UniqueAddressKey, p.InfluencerId }).ToListAsync(ct);
        return [.. found.OrderBy(p => keys.IndexOf(p.UniqueAddressKey!)).Select(p => p.InfluencerId!.Value).Distinct()];
    }

    /// <summary>
    /// Our own server found a DKIM signature of the sender's domain good. The topmost of its headers counts: what a sender writes under our
    /// name lies below it, and a server takes that out anyway (RFC 8601 §5).
    /// </summary>
    private bool IsSigned(MailReading reading, string domain) =>
        !string.IsNullOrWhiteSpace(options.Value.AuthServId)
        && reading.Checks.FirstOrDefault(c => c.Server.Equals(options.Value.AuthServId.Trim(), StringComparison.OrdinalIgnoreCase))?.SignedBy.Any(d => IsAligned(d, domain)) == true;

    // As DMARC's relaxed alignment, without its list of public suffixes: a signer with a single label is nobody's.
    private static bool IsAligned(string signer, string domain) =>
        signer.Equals(domain, StringComparison.OrdinalIgnoreCase)
        || (signer.Contains('.', StringComparison.Ordinal) && domain.EndsWith($".{signer}", StringComparison.OrdinalIgnoreCase))
        || signer.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase);
}
