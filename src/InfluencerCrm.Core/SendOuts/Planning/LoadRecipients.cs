using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>Reads people with all that a mail to them may say, in a few queries for each <see cref="Together"/>.</summary>
public sealed class LoadRecipients(CrmDbContext db, TimeProvider clock, IOptions<AgencyOptions> agency)
{
    /// <summary>
    /// People whom one query asks for. Their ids go to the database as one parameter: EF makes one of each otherwise, which takes longer to write
    /// down than the people to read, and each round trip costs as much as fifty people.
    /// </summary>
    internal const int Together = 2500;

    /// <returns>In the order of the ids; people the actor may not see are left out.</returns>
    public async Task<IReadOnlyList<Recipient>> ExecuteAsync(SendOut sendOut, IReadOnlyCollection<int> ids, CancellationToken ct)
    {
        var recipients = new List<Recipient>(ids.Count);
        foreach (var chunk in ids.Chunk(Together))
        {
            var people = await PeopleAsync(chunk, sendOut, ct);
            recipients.AddRange(chunk.Where(people.ContainsKey).Select(id => people[id]));
        }

        return recipients;
    }

    private async Task<Dictionary<int, Recipient>> PeopleAsync(int[] ids, SendOut sendOut, CancellationToken ct)
    {
        var people = await db.Influencers.Where(i => EF.Parameter(ids).Contains(i.Id))
            .Select(i => new
            {
                i.Id, i.DisplayName, i.FirstName, i.LastName, i.City, i.Country, i.Language, i.Languages, i.TimeZone, i.PreferredChannel, i.AwayUntil, i.DoNotContact,
            }).ToListAsync(ct);
        var addresses = await AddressesAsync(ids, ct);
        var outlets = await OutletsAsync(ids, ct);
        var members = await db.MediaListMembers.Where(m => m.MediaListId == sendOut.MediaListId && EF.Parameter(ids).Contains(m.InfluencerId))
            .Select(m => new { m.InfluencerId, m.PersonalLine, m.Angle }).ToDictionaryAsync(m => m.InfluencerId, ct);
        var relationships = await db.Relationships.Where(r => EF.Parameter(ids).Contains(r.InfluencerId!.Value) && (r.ClientId == sendOut.ClientId || r.ClientId == null))
            .Select(r => new { r.InfluencerId, r.ClientId, r.Formality, r.Salutation }).ToListAsync(ct);

        // What was agreed with the client's people goes before what the agency has of its own.
        var byPerson = relationships.OrderBy(r => r.ClientId is null).ToLookup(r => r.InfluencerId!.Value);
        return people.ToDictionary(p => p.Id, p =>
        {
            var outlet = outlets.GetValueOrDefault(p.Id);
            var member = members.GetValueOrDefault(p.Id);
            var formality = byPerson[p.Id].Select(r => r.Formality).FirstOrDefault(f => f is not null);
            var salutation = byPerson[p.Id].Select(r => r.Salutation).FirstOrDefault(s => !string.IsNullOrWhiteSpace(s));
            string[] languages = [.. new[] { p.Language }.Concat(p.Languages).Append(outlet?.Language).OfType<string>().Where(l => l.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
            return new Recipient
            {
                Id = p.Id,
                Name = p.DisplayName,
                PreferredChannel = p.PreferredChannel,
                AwayUntil = p.AwayUntil,
                DoNotContact = p.DoNotContact,
                Addresses = [.. addresses[p.Id]],
                Formality = formality,
                Languages = languages,
                Values = new PersonValues
                {
                    Influencer = new() { FirstName = p.FirstName, LastName = p.LastName, DisplayName = p.DisplayName, City = p.City, Country = p.Country, Language = p.Language },
                    Recipient = member is null ? null : new() { PersonalLine = member.PersonalLine, Angle = member.Angle },
                    Relationship = new() { Salutation = salutation, Formality = formality is { } form ? Words.Camel(form.ToString()) : null },
                    Outlet = outlet is null ? null : new() { Name = outlet.Name, Kind = Words.Camel(outlet.Kind.ToString()), Url = outlet.Url, Language = outlet.Language, Country = outlet.Country },
                    Languages = languages.Length > 0 ? languages : null,
                    TimeZone = RecipientZone.Of(
                        p.TimeZone, outlet?.TimeZone, CountryZones.MainOf(p.Country), sendOut.Client?.TimeZone, agency.Value.TimeZone, clock.LocalTimeZone.Id),
                },
            };
        });
    }

    private async Task<ILookup<int, RecipientAddress>> AddressesAsync(int[] ids, CancellationToken ct)
    {
        var points = await db.ContactPoints.Where(p => p.Kind == ContactKind.Email && p.AddressKey != null && EF.Parameter(ids).Contains(p.InfluencerId!.Value))
            .Select(p => new { p.InfluencerId, p.Id, p.Value, p.AddressKey, p.Use, p.Status, p.Primary, p.Label, p.Shared }).ToListAsync(ct);
        return points.OrderByDescending(p => p.Primary).ThenByDescending(p => p.Label == ContactLabel.Pitch).ThenBy(p => p.Id)
            .ToLookup(p => p.InfluencerId!.Value, p => new RecipientAddress(p.Value, p.AddressKey!, p.Use, p.Status, p.Shared));
    }

    private async Task<Dictionary<int, Outlet>> OutletsAsync(int[] ids, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var roles = await db.Affiliations.AsNoTracking().Where(a => EF.Parameter(ids).Contains(a.InfluencerId!.Value) && (a.To == null || a.To > now))
            .OrderByDescending(a => a.Primary).ThenBy(a => a.Id).Select(a => new { a.InfluencerId, a.Outlet }).ToListAsync(ct);
        return roles.Where(r => r.Outlet is not null).DistinctBy(r => r.InfluencerId).ToDictionary(r => r.InfluencerId!.Value, r => r.Outlet!);
    }
}
