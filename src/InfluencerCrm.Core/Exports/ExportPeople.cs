using System.Runtime.CompilerServices;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Exports;

/// <summary>People with addresses, role and topics, one row each, under headings that the import reads back.</summary>
public sealed class ExportPeople(CrmDbContext db, CurrentActor scope)
{
    private const int PageRows = 1000;

    private static readonly string[] Headings =
    [
        "Display name", "First name", "Last name", "Kind", "Email", "Phone", "Outlet", "Function", "Beat", "Topics", "Tags", "Country", "City", "Language", "Bio", "Notes",
        "Do not contact", "Source", "Influence score", "Relationship", "VIP", "Last interaction", "Last coverage", "Id",
    ];

    /// <param name="people">Who; they leave in the order of their ids.</param>
    public Sheet Execute(IQueryable<Influencer> people)
    {
        scope.Required.Require(Right.Read);
        return new Sheet("influencers", Headings, RowsAsync(people));
    }

    private async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(IQueryable<Influencer> people, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var last = 0;
        while (true)
        {
            var page = await people.AsNoTracking().Where(i => i.Id > last).OrderBy(i => i.Id).Take(PageRows).ToListAsync(ct);
            if (page.Count == 0)
            {
                yield break;
            }

            last = page[^1].Id;
            var ids = page.ConvertAll(i => i.Id);
            var points = (await db.ContactPoints.AsNoTracking().Where(p => p.InfluencerId != null && ids.Contains(p.InfluencerId.Value))
                .OrderByDescending(p => p.Primary).ThenBy(p => p.Id).Select(p => new { Person = p.InfluencerId!.Value, p.Kind, p.Value }).ToListAsync(ct)).ToLookup(p => p.Person);
            var roles = (await db.Affiliations.AsNoTracking().Where(a => a.InfluencerId != null && ids.Contains(a.InfluencerId.Value) && a.To == null)
                .OrderByDescending(a => a.Primary).ThenBy(a => a.Id).Select(a => new { Person = a.InfluencerId!.Value, Outlet = a.Outlet!.Name, a.Function, a.Beat }).ToListAsync(ct)).ToLookup(a => a.Person);
            var topics = (await db.InfluencerTopics.AsNoTracking().Where(t => ids.Contains(t.InfluencerId) && t.Stance == TopicStance.Covers)
                .OrderByDescending(t => t.Weight).ThenBy(t => t.Id).Select(t => new { Person = t.InfluencerId, t.Topic!.Name }).ToListAsync(ct)).ToLookup(t => t.Person);
            foreach (var person in page)
            {
                var role = roles[person.Id].FirstOrDefault();
                string? Of(ContactKind kind) => Joined(points[person.Id].Where(p => p.Kind == kind).Select(p => p.Value));
                yield return
                [
                    person.DisplayName, person.FirstName, person.LastName, Words.Camel(person.Kind.ToString()), Of(ContactKind.Email), Of(ContactKind.Phone), role?.Outlet, role?.Function,
                    role?.Beat ?? person.CoverageArea, Joined(topics[person.Id].Select(t => t.Name)), Joined(person.Tags), person.Country, person.City,
                    Joined(person.Language is null ? person.Languages : person.Languages.Prepend(person.Language).Distinct(StringComparer.OrdinalIgnoreCase)),
                    person.Bio, person.About, person.DoNotContact ? person.DoNotContactReason ?? "yes" : null, person.DataSource,
                    person.InfluenceScore, person.RelationshipScore, person.Vip, person.LastInteractionAt, person.LastCoverageAt, person.Id,
                ];
            }
        }
    }

    /// <summary>A cell that lists several; a single text with a comma says by its semicolon that it is one.</summary>
    private static string? Joined(IEnumerable<string> texts) =>
        string.Join("; ", texts) is not { Length: > 0 } joined ? null
        : joined.Contains(',', StringComparison.Ordinal) && !joined.Contains(';', StringComparison.Ordinal) ? $"{joined};" : joined;
}
