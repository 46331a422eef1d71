using System.Globalization;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Demo;

/// <summary>
/// Addresses that reach nobody: mail only under .test and example.org (RFC 2606, RFC 6761), phones only from the ranges that the
/// French, British, German and North American regulators keep free for fiction.
/// </summary>
internal sealed class DemoAddresses(DemoRandom random)
{
    private const int SharedPoints = 9;
    private const int Agents = 8;
    private const int WithTwo = 54;
    private const int Stale = 4;

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    public static string SlugOf(DemoPerson person) => DemoNames.Ascii((person.Title ?? person.Display).Replace('’', ' ').Replace('&', ' '))
        .Replace(" ", "-", StringComparison.Ordinal).Replace("--", "-", StringComparison.Ordinal).Trim('-');

    public void Give(IReadOnlyList<DemoPerson> people)
    {
        foreach (var person in people)
        {
            if (!person.NoEmail)
            {
                person.Points.Add(Email(FirstOf(person), person.Role == DemoRole.Desk ? ContactLabel.Desk : ContactLabel.Work, primary: true, status: person.Warm ? EmailStatus.Valid : EmailStatus.Unknown));
            }

            if (PhoneOf(person) is { } phone)
            {
                person.Points.Add(ContactPoint.Create(new ContactPointChanges { Kind = ContactKind.Phone, Value = phone, Label = ContactLabel.Work, Primary = true, Source = "signature de mail" }));
            }
        }

        var mailed = random.Shuffled(people.Where(p => p is { NoEmail: false, Duplicate: false } && p.Role != DemoRole.Desk));
        var second = 0;
        foreach (var person in mailed.Where(p => p.Role == DemoRole.Creator).Take(Agents))
        {
            var agency = random.Pick(["agence-plume.test", "talents-du-ponant.test", "greenroom-talent.test"]);
            person.Points.Add(Email(Free(GivenOf(person), agency), ContactLabel.Agent));
            second++;
        }

        foreach (var person in mailed.Where(p => p.Role is DemoRole.Staff && p.Outlet is { Type: "regionalDaily" or "localSite" or "radioStation" or "newsMagazine" }).OrderBy(p => p.Outlet!.Id).Take(SharedPoints))
        {
            person.Points.Add(ContactPoint.Create(new ContactPointChanges
            {
                Kind = ContactKind.Email, Value = $"{(person.Language == "fr" ? "redaction" : "newsdesk")}@{person.Outlet!.Slug}.test", Label = ContactLabel.Desk, Shared = true, Source = "ours du titre",
            }));
            second++;
        }

        foreach (var person in mailed.Where(p => p.Points.Count(c => c.Kind == ContactKind.Email) == 1 && (p.Role != DemoRole.Creator)).Take(WithTwo - second))
        {
            person.Points.Add(Email(Free(LocalOf(person) + random.Pick([".perso", ".mail", ""]), "example.org"), ContactLabel.Private));
        }

        // Nobody has noticed yet that these have gone.
        foreach (var person in mailed.Where(p => p is { Contacted: true, Warm: false, DoNotContact: false, Planted: false }).Take(Stale))
        {
            person.Points.Find(p => p.Kind == ContactKind.Email)!.Mark(EmailStatus.Bounced);
        }
    }

    private string FirstOf(DemoPerson person) => person switch
    {
        { Role: DemoRole.Desk } => Free(DeskOf(person), person.Outlet!.Slug + ".test"),
        { Role: DemoRole.Staff or DemoRole.Chief, Outlet: { } outlet } => Free(outlet.Id % 3 == 0 ? ShortOf(person) : LocalOf(person), outlet.Slug + ".test"),
        { Outlet: { } outlet } when person.Role is DemoRole.Blogger or DemoRole.Creator or DemoRole.Expert => Free(GivenOf(person), outlet.Slug + ".test"),
        { Title: not null } => Free(GivenOf(person), SlugOf(person) + ".test"),
        { Role: DemoRole.Freelance } => Free(LocalOf(person), "pigistes.example.org"),
        _ => Free(LocalOf(person), "example.org"),
    };

    private static string DeskOf(DemoPerson desk) => desk.Display switch
    {
        var name when name.Contains("économie", StringComparison.Ordinal) => "economie",
        var name when name.Contains("société", StringComparison.Ordinal) => "societe",
        var name when name.Contains("Money", StringComparison.Ordinal) => "money",
        var name when name.Contains("Wirtschaft", StringComparison.Ordinal) => "wirtschaft",
        _ => "redaction",
    };

    private static string LocalOf(DemoPerson person) => person.Local ?? (person.First is null || person.Last is null
        ? DemoNames.Ascii(person.Display).Replace(' ', '.')
        : $"{Joined(person.First)}.{Joined(person.Last)}");

    private static string GivenOf(DemoPerson person) => person.Local ?? DemoNames.Ascii(person.First ?? person.Display).Replace(' ', '-');

    private static string ShortOf(DemoPerson person) => person.Last is null ? LocalOf(person) : $"{DemoNames.Ascii(person.First!)[0]}{Joined(person.Last)}";

    private static string Joined(string name) => DemoNames.Ascii(name.Replace("'", "", StringComparison.Ordinal)).Replace(" ", "", StringComparison.Ordinal);

    private string Free(string local, string domain)
    {
        for (var i = 2; ; i++)
        {
            var address = $"{local}@{domain}";
            if (_taken.Add(address))
            {
                return address;
            }

            local = i == 2 ? local + "2" : local[..^1] + i.ToString(CultureInfo.InvariantCulture);
        }
    }

    private ContactPoint Email(string value, ContactLabel label, bool primary = false, EmailStatus status = EmailStatus.Unknown) => ContactPoint.Create(new ContactPointChanges
    {
        Kind = ContactKind.Email,
        Value = value,
        Label = label,
        Primary = primary,
        Status = status,
        Source = label == ContactLabel.Private ? "donnée par la personne" : random.Pick(["signature de mail", "ours du titre", "carte de visite"]),
    });

    private string? PhoneOf(DemoPerson person)
    {
        if (!person.NoEmail && !random.Chance(person.Warm ? 0.85 : 0.45))
        {
            return null;
        }

        return person.Country switch
        {
            "FR" => $"+33 {random.Pick(["6 39 98", "6 39 98", "1 99 00", "2 61 91"])} {random.Between(10, 99)} {random.Between(10, 99)}",
            "GB" => random.Chance(0.7) ? $"+44 7700 900{random.Between(100, 999)}" : $"+44 20 7946 0{random.Between(100, 999)}",
            "DE" => $"+49 30 23125 {random.Between(100, 999)}",
            "US" => $"+1 512 555 01{random.Between(10, 99)}",
            _ => null,
        };
    }
}
