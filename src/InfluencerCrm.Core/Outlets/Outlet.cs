using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Outlets;

/// <summary>A newspaper, magazine, agency, site, blog, podcast, newsletter, station, channel or institution, or a unit inside one.</summary>
[Access(Right.WriteContacts)]
public sealed class Outlet : Entity, IWritable<Outlet, OutletChanges>
{
    private Outlet()
    {
    }

    public Outlet(string name, OutletKind kind)
    {
        Kind = kind;
        Rename(name);
    }

    /// <summary>As it calls itself.</summary>
    public string Name { get; private set; } = "";

    [NotAudited]
    public string NameSearch { get; private set; } = "";

    public OutletKind Kind { get; private set; }

    /// <summary>The outlet that it is a part of.</summary>
    public int? ParentId { get; private set; }

    public Outlet? Parent { get; private set; }

    public OutletUnit Unit { get; private set; }

    public OutletScope Scope { get; private set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; private set; }

    /// <summary>BCP 47.</summary>
    public string? Language { get; private set; }

    /// <summary>IANA name, for example <c>Europe/Paris</c>.</summary>
    public string? TimeZone { get; private set; }

    /// <summary>Web address.</summary>
    public string? Url { get; private set; }

    /// <summary>People reached.</summary>
    public int? Audience { get; private set; }

    /// <summary>Who counted the audience, and when.</summary>
    public string? AudienceSource { get; private set; }

    /// <summary>How often it appears, in words.</summary>
    public string? Periodicity { get; private set; }

    /// <summary>When an issue closes, in words.</summary>
    public string? ClosingDay { get; private set; }

    public List<Affiliation> Affiliations { get; private set; } = [];

    public List<ContactPoint> ContactPoints { get; private set; } = [];

    public static Outlet Create(OutletChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var outlet = new Outlet(changes.Name.Required("name"), changes.Kind.Required("kind"));
        outlet.Apply(changes);
        return outlet;
    }

    public void Apply(OutletChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Rename(changes.Name.Or(Name));
        Kind = changes.Kind.Or(Kind);
        ParentId = changes.ParentId.Or(ParentId);
        Unit = changes.Unit.Or(Unit);
        Scope = changes.Scope.Or(Scope);
        Country = Check.Country(changes.Country.Or(Country), "country");
        Language = Check.Language(changes.Language.Or(Language), "language");
        TimeZone = Check.TimeZone(changes.TimeZone.Or(TimeZone), "timeZone");
        Url = Check.WebAddress(changes.Url.Or(Url), "url");
        Audience = Check.NotNegative(changes.Audience.Or(Audience), "audience");
        AudienceSource = changes.AudienceSource.Or(AudienceSource);
        Periodicity = changes.Periodicity.Or(Periodicity);
        ClosingDay = changes.ClosingDay.Or(ClosingDay);
        if (ParentId is not null && ParentId == Id)
        {
            throw new RuleViolation("ownParent", "An outlet cannot sit inside itself.", "parentId");
        }
    }

    private void Rename(string name)
    {
        Name = name;
        NameSearch = SearchText.Normalise(name);
    }
}
