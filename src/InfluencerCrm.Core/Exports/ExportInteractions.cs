using System.Runtime.CompilerServices;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Interactions;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Exports;

/// <summary>Interactions with the names of whom and what they are about, as far as the actor may see them.</summary>
public sealed class ExportInteractions(CrmDbContext db, CurrentActor scope)
{
    private const int PageRows = 2000;

    private static readonly string[] Headings =
    [
        "Date", "Kind", "Status", "Direction", "Channel", "Person", "Outlet", "Subject", "Notes", "Outcome", "Sentiment", "Client", "Campaign", "Next step", "Next step due", "Participants", "Id",
    ];

    /// <param name="interactions">Which; they leave in the order of their ids.</param>
    public Sheet Execute(IQueryable<Interaction> interactions)
    {
        scope.Required.Require(Right.Read);
        return new Sheet("interactions", Headings, RowsAsync(interactions));
    }

    private async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(IQueryable<Interaction> interactions, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var last = 0L;
        while (true)
        {
            var page = await interactions.AsNoTracking().Where(i => i.Id > last).OrderBy(i => i.Id).Take(PageRows).Select(i => new
            {
                i.Id, i.OccurredAt, i.Kind, i.Status, i.Direction, i.Channel, i.Subject, i.Notes, i.Outcome, i.Sentiment, i.NextStep, i.NextStepDueAt,
                Person = db.Influencers.Where(p => p.Id == i.InfluencerId).Select(p => p.DisplayName).FirstOrDefault(),
                Outlet = db.Outlets.Where(o => o.Id == i.OutletId).Select(o => o.Name).FirstOrDefault(),
                Client = db.Clients.Where(c => c.Id == i.ClientId).Select(c => c.Name).FirstOrDefault(),
                Campaign = db.Campaigns.Where(c => c.Id == i.CampaignId).Select(c => c.Name).FirstOrDefault(),

                // Those whom the caller may not see, or who were erased, have no name here.
                Participants = i.Participants.OrderBy(p => p.Id).Select(p => new
                {
                    Person = db.Influencers.Where(x => x.Id == p.InfluencerId).Select(x => x.DisplayName).FirstOrDefault(),
                    User = db.Users.Where(u => u.Id == p.UserId).Select(u => u.DisplayName).FirstOrDefault(),
                }).ToList(),
            }).ToListAsync(ct);
            if (page.Count == 0)
            {
                yield break;
            }

            last = page[^1].Id;
            foreach (var i in page)
            {
                yield return
                [
                    i.OccurredAt, EnumWords.Of(i.Kind), EnumWords.Of(i.Status), EnumWords.Of(i.Direction), i.Channel, i.Person, i.Outlet, i.Subject, i.Notes,
                    EnumWords.Of(i.Outcome), EnumWords.Of(i.Sentiment), i.Client, i.Campaign, i.NextStep, i.NextStepDueAt, Joined(i.Participants.Select(p => p.Person ?? p.User)), i.Id,
                ];
            }
        }
    }

    private static string? Joined(IEnumerable<string?> names)
    {
        JoinedText joined = default;
        foreach (var name in names)
        {
            joined.Add(name);
        }

        return joined.Cell;
    }
}
