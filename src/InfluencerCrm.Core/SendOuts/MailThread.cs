using System.Collections.Frozen;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.SendOuts.Planning;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>What one person was sent before, in the thread that a mail goes on with.</summary>
/// <param name="MessageIds">Without brackets, the oldest first.</param>
/// <param name="Subject">Of the last one; null after an erasure.</param>
internal sealed record ThreadMail(IReadOnlyList<string> MessageIds, string? Subject)
{
    private const string Prefix = "Re: ";

    /// <summary>Mail programs show mails as one conversation by the same subject after the prefix.</summary>
    public static string Answer(string subject) => subject.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? subject : Prefix + subject;
}

/// <summary>The earlier mails that a send-out goes on from.</summary>
/// <param name="Chain">The earlier send-outs, the last one first.</param>
/// <param name="Subject">Template of the last one's subject.</param>
/// <param name="Mails">By person.</param>
internal sealed record MailThread(IReadOnlyList<int> Chain, string? Subject, FrozenDictionary<int, ThreadMail> Mails)
{
    private static readonly MailThread None = new([], null, FrozenDictionary<int, ThreadMail>.Empty);

    public static async Task<MailThread> LoadAsync(CrmDbContext db, SendOut sendOut, CancellationToken ct)
    {
        if (sendOut.FollowUpOfId is null)
        {
            return None;
        }

        var chain = await EarlierMessages.ChainAsync(db, sendOut, ct);
        var subject = await db.SendOuts.IgnoreQueryFilters([Filters.Archived]).Where(s => s.Id == sendOut.FollowUpOfId).Select(s => s.SubjectTemplate).FirstOrDefaultAsync(ct);
        var sent = await db.Messages.Where(m => chain.Contains(m.SendOutId) && (m.SentAt != null || m.Status == MessageStatus.Unconfirmed) && m.InfluencerId != null && m.InternetMessageId != null)
            .Select(m => new { m.InfluencerId, m.SendOutId, m.InternetMessageId, m.Subject }).ToListAsync(ct);
        var place = chain.Index().ToDictionary(c => c.Item, c => c.Index);
        return new MailThread(chain, subject, sent.GroupBy(m => m.InfluencerId!.Value).ToFrozenDictionary(g => g.Key, g =>
        {
            var oldestFirst = g.OrderByDescending(m => place[m.SendOutId]).ToList();
            return new ThreadMail([.. oldestFirst.Select(m => m.InternetMessageId!)], oldestFirst[^1].Subject);
        }));
    }
}
