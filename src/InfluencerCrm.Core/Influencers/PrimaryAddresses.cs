using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Privacy;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Influencers;

/// <summary>
/// A person's <c>email</c> and <c>phone</c> are copies of the primary contact points: a change of either side is written to the other,
/// and no two living people hold one e-mail address unless it is marked as shared.
/// </summary>
internal sealed class PrimaryAddresses(CrmDbContext db, SettleStatus settle) : IRowRule<Influencer>, IRowRule<ContactPoint>
{
    public async Task CheckAsync(Influencer row, CancellationToken ct)
    {
        await WriteAsync(row, ContactKind.Email, nameof(Influencer.Email), row.Email, ct);
        await WriteAsync(row, ContactKind.Phone, nameof(Influencer.Phone), row.Phone, ct);
    }

    public async Task CheckAsync(ContactPoint row, CancellationToken ct)
    {
        if (row.InfluencerId is null && row.OutletId is null)
        {
            throw new RuleViolation("required", "influencerId or outletId must be given.", "influencerId");
        }

        if (row.InfluencerId is not null && row.OutletId is not null)
        {
            throw new RuleViolation("twoOwners", "A contact point belongs to a person or to an outlet; name the role by affiliationId.", "outletId");
        }

        if (row.AffiliationId is not null && db.Entry(row).Property(p => p.AffiliationId) is var affiliation && (db.Entry(row).State == EntityState.Added || affiliation.IsModified)
            && !await db.Affiliations.AnyAsync(a => a.Id == row.AffiliationId && a.InfluencerId == row.InfluencerId, ct))
        {
            throw new RuleViolation("missingReference", "affiliationId: this person has no such affiliation.", "affiliationId");
        }

        row.Settle();
        await CheckUniqueAsync(row, "value", ct);
        var entry = db.Entry(row);
        var isSaid = entry.State == EntityState.Added ? row.Status != EmailStatus.Unknown : entry.Property(p => p.Status).IsModified;
        await settle.ExecuteAsync(row, isSaid, "status", ct);
        var others = await db.ContactPoints
            .Where(p => p.Id != row.Id && p.Kind == row.Kind && p.InfluencerId == row.InfluencerId && p.OutletId == row.OutletId && p.Primary)
            .ToListAsync(ct);
        if (row.Primary)
        {
            others.ForEach(o => o.MakePrimary(false));
        }
        else if (others.Count == 0 && db.Entry(row).State == EntityState.Added && row.Use != ContactUse.Never)
        {
            // The first address of its kind is the one people are reached by.
            row.MakePrimary(true);
        }
    }

    public async Task SavedAsync(ContactPoint row, CancellationToken ct)
    {
        if (row.InfluencerId is not { } id || row.Kind is not (ContactKind.Email or ContactKind.Phone)
            || await db.Influencers.IgnoreQueryFilters([Filters.Archived]).FirstOrDefaultAsync(i => i.Id == id, ct) is not { } person)
        {
            return;
        }

        var primary = await db.ContactPoints.Where(p => p.InfluencerId == id && p.Primary).OrderBy(p => p.Id).ToListAsync(ct);
        person.Copy(primary.Find(p => p.Kind == ContactKind.Email), primary.Find(p => p.Kind == ContactKind.Phone));
        await db.SaveChangesAsync(ct);
    }

    private async Task WriteAsync(Influencer row, ContactKind kind, string member, string? value, CancellationToken ct)
    {
        var entry = db.Entry(row);
        var isNew = entry.State == EntityState.Added;
        var statusChanged = kind == ContactKind.Email && (isNew ? row.EmailStatus != EmailStatus.Unknown : entry.Property(i => i.EmailStatus).IsModified);
        if (isNew ? value is null : !entry.Property(member).IsModified && !statusChanged)
        {
            return;
        }

        var points = isNew ? [] : await db.ContactPoints.Where(p => p.InfluencerId == row.Id && p.Kind == kind).OrderBy(p => p.Id).ToListAsync(ct);
        var primary = points.Find(p => p.Primary);
        if (value is null)
        {
            if (primary is not null)
            {
                db.Remove(primary);
            }

            return;
        }

        if (kind == ContactKind.Email && !AddressKey.TryParse(value, out _, out var reason))
        {
            throw new RuleViolation("notAnAddress", $"\"{value}\" is no e-mail address: {reason}", "email");
        }

        var point = Matching(points, kind, value);
        if (point is null && primary is not null)
        {
            primary.Replace(value);
            point = primary;
        }
        else if (point is null)
        {
            point = new ContactPoint(kind, value).OfNewPerson(row);
            db.Add(point);
        }

        points.ForEach(p => p.MakePrimary(false));
        point.MakePrimary(true);
        if (statusChanged)
        {
            point.Mark(row.EmailStatus);
        }

        if (kind == ContactKind.Email)
        {
            await CheckUniqueAsync(point, "email", ct);
            await settle.ExecuteAsync(point, statusChanged, "emailStatus", ct);
        }

        row.Copy(kind, point);
    }

    private static ContactPoint? Matching(List<ContactPoint> points, ContactKind kind, string value) =>
        kind == ContactKind.Email && AddressKey.TryParse(value, out var key, out _)
            ? points.Find(p => p.AddressKey == key)
            : points.Find(p => p.Value == value);

    private async Task CheckUniqueAsync(ContactPoint point, string target, CancellationToken ct)
    {
        if (point.UniqueAddressKey is not { } key)
        {
            return;
        }

        var holder = await db.ContactPoints.IgnoreQueryFilters()
            .Where(p => p.UniqueAddressKey == key && p.Id != point.Id)
            .Select(p => new { p.InfluencerId, Name = db.Influencers.IgnoreQueryFilters().Where(i => i.Id == p.InfluencerId).Select(i => i.DisplayName).FirstOrDefault() })
            .FirstOrDefaultAsync(ct);
        if (holder is not null)
        {
            throw new Conflict("duplicateEmail", $"{holder.Name} (influencers/{holder.InfluencerId}) holds {point.Value}; use as shared, if both read it.", target);
        }
    }
}
