using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Exports;

/// <summary>People with addresses, role and topics, one row each, under headings that the import reads back.</summary>
public sealed class ExportPeople(CrmDbContext db, CurrentActor scope)
{
    private const int PageRows = 2000;

    private static readonly string[] Headings =
    [
        "Display name", "First name", "Last name", "Kind", "Email", "Phone", "Outlet", "Function", "Beat", "Topics", "Tags", "Country", "City", "Language", "Bio", "Notes",
        "Do not contact", "Source", "Influence score", "Relationship", "VIP", "Last interaction", "Last coverage", "Id",
    ];

    // Only what leaves: a whole person carries the search texts, which are longer than all the rest.
    private static readonly Expression<Func<Influencer, Person>> PersonOf = i => new Person
    {
        Id = i.Id, DisplayName = i.DisplayName, FirstName = i.FirstName, LastName = i.LastName, Kind = i.Kind, CoverageArea = i.CoverageArea, Tags = i.Tags, Country = i.Country, City = i.City,
        Language = i.Language, Languages = i.Languages, Bio = i.Bio, About = i.About, DoNotContact = i.DoNotContact, DoNotContactReason = i.DoNotContactReason, DataSource = i.DataSource,
        InfluenceScore = i.InfluenceScore, RelationshipScore = i.RelationshipScore, Vip = i.Vip, LastInteractionAt = i.LastInteractionAt, LastCoverageAt = i.LastCoverageAt,
    };

    /// <param name="people">Who; they leave in the order of their ids.</param>
    public Sheet Execute(IQueryable<Influencer> people)
    {
        scope.Required.Require(Right.Read);
        return new Sheet("influencers", Headings, RowsAsync(people));
    }

    private async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(IQueryable<Influencer> people, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var next = PageAsync(people, 0, ct);
        try
        {
            while (await next is { People: { Count: > 0 } persons } page)
            {
                // The next page is read while this one is written; the context serves nothing else meanwhile. SQLite's driver does
                // its work on the caller's thread, so that takes another one.
                next = Task.Run(() => PageAsync(people, persons[^1].Id, ct), ct);
                foreach (var person in persons)
                {
                    yield return RowOf(person, page.Points.Of(person.Id), page.Roles.Of(person.Id), page.Topics.Of(person.Id));
                }
            }
        }
        finally
        {
            // Whoever stops early gives the context back only when nothing reads in it any more.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Page> PageAsync(IQueryable<Influencer> people, int last, CancellationToken ct)
    {
        var persons = await people.AsNoTracking().Where(i => i.Id > last).OrderBy(i => i.Id).Take(PageRows).Select(PersonOf).ToListAsync(ct);
        return persons.Count == 0 ? new Page(persons, PartsByPerson<Point>.None, PartsByPerson<Role>.None, PartsByPerson<About>.None) : await PageAsync(persons, ct);
    }

    private async Task<Page> PageAsync(List<Person> persons, CancellationToken ct)
    {
        var keys = PageKeys.Of(persons.ConvertAll(i => i.Id));
        var points = keys.Within(db.ContactPoints.AsNoTracking(), p => p.InfluencerId)
            .Select(p => new Point { Person = p.InfluencerId!.Value, Id = p.Id, Primary = p.Primary, Kind = p.Kind, Value = p.Value });
        var roles = keys.Within(db.Affiliations.AsNoTracking().Where(a => a.To == null), a => a.InfluencerId)
            .Select(a => new Role { Person = a.InfluencerId!.Value, Id = a.Id, Primary = a.Primary, Outlet = a.Outlet!.Name, Function = a.Function, Beat = a.Beat });
        var topics = keys.Within(db.InfluencerTopics.AsNoTracking().Where(t => t.Stance == TopicStance.Covers), t => t.InfluencerId)
            .Select(t => new About { Person = t.InfluencerId, Id = t.Id, Weight = t.Weight, Topic = t.Topic!.Name });
        return new Page(persons, await PartsByPerson<Point>.ReadAsync(points, ct), await PartsByPerson<Role>.ReadAsync(roles, ct), await PartsByPerson<About>.ReadAsync(topics, ct));
    }

    private static object?[] RowOf(Person person, ReadOnlySpan<Point> points, ReadOnlySpan<Role> roles, ReadOnlySpan<About> topics)
    {
        var role = roles.IsEmpty ? null : roles[0];
        JoinedText emails = default, phones = default, about = default, tags = default, languages = default;
        foreach (var point in points)
        {
            if (point.Kind == ContactKind.Email)
            {
                emails.Add(point.Value);
            }
            else if (point.Kind == ContactKind.Phone)
            {
                phones.Add(point.Value);
            }
        }

        foreach (var topic in topics)
        {
            about.Add(topic.Topic);
        }

        foreach (var tag in person.Tags)
        {
            tags.Add(tag);
        }

        if (person.Language is not null)
        {
            languages.Add(person.Language);
        }

        foreach (var language in person.Languages)
        {
            if (!language.Equals(person.Language, StringComparison.OrdinalIgnoreCase))
            {
                languages.Add(language);
            }
        }

        return
        [
            person.DisplayName, person.FirstName, person.LastName, EnumWords.Of(person.Kind), emails.Cell, phones.Cell, role?.Outlet, role?.Function,
            role?.Beat ?? person.CoverageArea, about.Cell, tags.Cell, person.Country, person.City, languages.Cell,
            person.Bio, person.About, person.DoNotContact ? person.DoNotContactReason ?? "yes" : null, person.DataSource,
            person.InfluenceScore, person.RelationshipScore, person.Vip, person.LastInteractionAt, person.LastCoverageAt, person.Id,
        ];
    }

    private sealed record Page(List<Person> People, PartsByPerson<Point> Points, PartsByPerson<Role> Roles, PartsByPerson<About> Topics);

    private sealed class Person
    {
        public required int Id { get; init; }

        public required string DisplayName { get; init; }

        public string? FirstName { get; init; }

        public string? LastName { get; init; }

        public InfluencerKind Kind { get; init; }

        public string? CoverageArea { get; init; }

        public required List<string> Tags { get; init; }

        public string? Country { get; init; }

        public string? City { get; init; }

        public string? Language { get; init; }

        public required List<string> Languages { get; init; }

        public string? Bio { get; init; }

        public string? About { get; init; }

        public bool DoNotContact { get; init; }

        public string? DoNotContactReason { get; init; }

        public string? DataSource { get; init; }

        public double? InfluenceScore { get; init; }

        public double? RelationshipScore { get; init; }

        public bool Vip { get; init; }

        public DateTime? LastInteractionAt { get; init; }

        public DateTime? LastCoverageAt { get; init; }
    }

    /// <summary>The primary one first.</summary>
    private sealed class Point : PartOfPerson
    {
        public bool Primary { get; init; }

        public ContactKind Kind { get; init; }

        public required string Value { get; init; }

        public override int CompareTo(PartOfPerson? other) => other is Point point && point.Primary != Primary ? point.Primary.CompareTo(Primary) : base.CompareTo(other);
    }

    /// <summary>The primary one first; only that one leaves.</summary>
    private sealed class Role : PartOfPerson
    {
        public bool Primary { get; init; }

        public string? Outlet { get; init; }

        public string? Function { get; init; }

        public string? Beat { get; init; }

        public override int CompareTo(PartOfPerson? other) => other is Role role && role.Primary != Primary ? role.Primary.CompareTo(Primary) : base.CompareTo(other);
    }

    /// <summary>What weighs most first.</summary>
    private sealed class About : PartOfPerson
    {
        public double Weight { get; init; }

        public string? Topic { get; init; }

        public override int CompareTo(PartOfPerson? other) => other is About about && about.Weight != Weight ? about.Weight.CompareTo(Weight) : base.CompareTo(other);
    }
}
