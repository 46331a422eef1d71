using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>What an earlier send-out says of the people of a follow-up or correction.</summary>
/// <param name="SentAt">Everybody it reached, with the moment; null where nobody knows it.</param>
/// <param name="Silent">Who did not answer; for a correction nobody is asked.</param>
/// <param name="Reminded">Who was reminded of the same mail before.</param>
public sealed record Earlier(IReadOnlyDictionary<int, DateTime?> SentAt, IReadOnlySet<int> Silent, IReadOnlySet<int> Reminded)
{
    /// <summary>Of a send-out that goes on from none.</summary>
    public static Earlier None { get; } = new(new Dictionary<int, DateTime?>(), new HashSet<int>(), new HashSet<int>());

    /// <summary>The first moment at which a person may be written to again.</summary>
    public DateTime? NotBefore(SendOut sendOut, int person)
    {
        ArgumentNullException.ThrowIfNull(sendOut);
        return sendOut.Purpose == SendOutPurpose.FollowUp && SentAt.GetValueOrDefault(person) is { } sent ? sent.AddDays(sendOut.FollowUpAfterDays ?? EarlierMessages.LeastDays) : null;
    }
}

/// <summary>Reads what an earlier send-out says of its people. An answer counts behind every wall: it stops a mail, and shows nothing.</summary>
public sealed class LoadEarlier(CrmDbContext db)
{
    public async Task<Earlier> ExecuteAsync(SendOut sendOut, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(sendOut);
        if (!EarlierMessages.Decide(sendOut))
        {
            return Earlier.None;
        }

        var reached = await EarlierMessages.Reached(db, sendOut).Select(m => new { m.InfluencerId, m.SentAt }).ToDictionaryAsync(m => m.InfluencerId!.Value, m => m.SentAt, ct);
        if (sendOut.Purpose == SendOutPurpose.Correction)
        {
            return new Earlier(reached, new HashSet<int>(), new HashSet<int>());
        }

        var chain = await EarlierMessages.ChainAsync(db, sendOut, ct);
        var silent = await EarlierMessages.Silent(db, sendOut, chain).IgnoreQueryFilters([Filters.Wall, Filters.Confidential, Filters.Archived]).Select(m => m.InfluencerId!.Value).ToListAsync(ct);
        var reminded = await EarlierMessages.Reminded(db, sendOut).IgnoreQueryFilters([Filters.Archived]).Select(m => m.InfluencerId!.Value).ToListAsync(ct);
        return new Earlier(reached, silent.ToHashSet(), reminded.ToHashSet());
    }
}
