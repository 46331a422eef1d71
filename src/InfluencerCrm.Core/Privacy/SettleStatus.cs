using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Privacy;

/// <summary>
/// What a person says of an address against what is known of it. While a bounce stands for all, whoever has the address shows it: an
/// address that is entered is marked, and no edit unmarks it, since an edit never lifts a suppression. Who knows better lifts the bounce.
/// A mark that somebody made by hand stands alone and may be taken back by hand.
/// </summary>
public sealed class SettleStatus(CrmDbContext db, AddressHash hash)
{
    /// <param name="point">With its new values, not saved yet.</param>
    /// <param name="isSaid">Somebody gave the status; false: it is only what the row had.</param>
    /// <param name="target">The member it was given by.</param>
    /// <exception cref="Conflict">It would hide a bounce that stands.</exception>
    public async Task ExecuteAsync(ContactPoint point, bool isSaid, string target, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(point);
        if (point.AddressKey is not { } key || point.Status is EmailStatus.Bounced or EmailStatus.Complained)
        {
            return;
        }

        var addressHash = hash.Of(key);
        var standing = await db.Suppressions
            .Where(s => s.LiftedAt == null && s.Reason == SuppressionReason.Bounce && s.Scope == SuppressionScope.All && s.AddressHash == addressHash)
            .Select(s => (int?)s.Id).FirstOrDefaultAsync(ct);
        if (standing is null)
        {
            return;
        }

        if (isSaid)
        {
            throw new Conflict("bounceStands", $"Mails to this address came back, and suppression {standing} stands against it. An admin lifts it if the address works again; then the status can be changed.", target);
        }

        point.Mark(EmailStatus.Bounced);
    }
}
