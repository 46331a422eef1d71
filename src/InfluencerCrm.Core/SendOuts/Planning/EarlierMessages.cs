using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Stories;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>The messages of the send-out that a follow-up or a correction goes on from: they say to whom it may go.</summary>
internal static class EarlierMessages
{
    /// <summary>Days of silence before a follow-up, where it says nothing else; fewer are refused.</summary>
    public const int LeastDays = 3;

    /// <summary>A follow-up of a follow-up of … and no further.</summary>
    private const int Deepest = 5;

    /// <summary>Its people are those an earlier send-out reached, not those of a list.</summary>
    public static bool Decide(SendOut sendOut) => sendOut is { FollowUpOfId: not null, Purpose: SendOutPurpose.FollowUp or SendOutPurpose.Correction };

    /// <returns>The send-out it goes on from, the one before that, and so on.</returns>
    public static async Task<IReadOnlyList<int>> ChainAsync(CrmDbContext db, SendOut sendOut, CancellationToken ct)
    {
        var chain = new List<int>();
        for (var next = sendOut.FollowUpOfId; next is { } id && chain.Count < Deepest && !chain.Contains(id);)
        {
            chain.Add(id);
            next = await db.SendOuts.IgnoreQueryFilters().Where(s => s.Id == id).Select(s => s.FollowUpOfId).FirstOrDefaultAsync(ct);
        }

        return chain;
    }

    /// <summary>What left: for a correction also what may have left, since a wrong word is put right for whoever may have read it.</summary>
    public static IQueryable<Message> Reached(CrmDbContext db, SendOut sendOut)
    {
        var (earlier, corrects) = (sendOut.FollowUpOfId, sendOut.Purpose == SendOutPurpose.Correction);
        return db.Messages.Where(m => m.SendOutId == earlier && m.InfluencerId != null && (m.Status == MessageStatus.Sent || (corrects && m.Status == MessageStatus.Unconfirmed)));
    }

    /// <summary>
    /// Of these the ones nobody answered: no reply, no meeting, interview or event, no word or request from the person, no "no" and no other outcome, and
    /// no coverage since, in what concerns the story, the client, or nobody in particular. Looks behind walls where the query does.
    /// </summary>
    /// <param name="chain">As <see cref="ChainAsync"/> gives it.</param>
    public static IQueryable<Message> Silent(CrmDbContext db, SendOut followUp, IReadOnlyList<int> chain)
    {
        var (client, story, campaign) = (followUp.ClientId, followUp.StoryId, followUp.CampaignId);
        return Reached(db, followUp)
            .Where(o => !db.Messages.Any(m => m.InfluencerId == o.InfluencerId && chain.Contains(m.SendOutId) && m.RepliedAt != null))
            .Where(o => !db.Interactions.Any(i => (i.InfluencerId == o.InfluencerId || i.Participants.Any(p => p.InfluencerId == o.InfluencerId)) && i.OccurredAt >= o.SentAt && i.Status == InteractionStatus.Done
                && (i.ClientId == null || i.ClientId == client || (story != null && i.StoryId == story))
                && (i.Direction == InteractionDirection.Inbound || i.Kind == InteractionKind.Reply || i.Kind == InteractionKind.Meeting || i.Kind == InteractionKind.Interview
                    || i.Kind == InteractionKind.Event || i.Kind == InteractionKind.Coverage
                    || (i.Outcome != InteractionOutcome.None && i.Outcome != InteractionOutcome.NoReply))))
            .Where(o => !db.Coverage.Any(c => (c.InfluencerId == o.InfluencerId || c.Authors.Any(a => a.InfluencerId == o.InfluencerId)) && c.PublishedAt >= o.SentAt
                && (c.Status == CoverageStatus.Confirmed || c.Status == CoverageStatus.Suggested)
                && ((story != null && c.StoryId == story) || (campaign != null && c.CampaignId == campaign) || (client != null && c.Mentions.Any(n => n.ClientId == client)))))
            .Where(o => !db.Requests.Any(r => r.InfluencerId == o.InfluencerId && r.ReceivedAt >= o.SentAt && (r.ClientId == null || r.ClientId == client)))
            .Where(o => story == null || !db.EmbargoAgreements.Any(a => a.StoryId == story && a.InfluencerId == o.InfluencerId && a.Status == EmbargoStatus.Refused));
    }

    /// <summary>People who had, or will have, another follow-up of the same mail.</summary>
    public static IQueryable<Message> Reminded(CrmDbContext db, SendOut followUp)
    {
        var (id, earlier) = (followUp.Id, followUp.FollowUpOfId);
        return db.Messages.Where(m => m.SendOutId != id && m.InfluencerId != null && m.SendOut!.Purpose == SendOutPurpose.FollowUp
                && (m.SendOut.FollowUpOfId == earlier || m.SendOutId == earlier)
                && (m.Status == MessageStatus.Queued || m.Status == MessageStatus.Sending || m.Status == MessageStatus.Deferred || m.Status == MessageStatus.Sent || m.Status == MessageStatus.Unconfirmed));
    }
}
