using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Imports.Changes;
using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Outlets;

namespace InfluencerCrm.Core.Imports.People;

/// <summary>A person with addresses, roles and topics while a batch works on them: new, or read from the database and tracked.</summary>
internal sealed class PersonCard(Influencer person, bool isNew)
{
    public Influencer Person => person;

    public bool IsNew => isNew;

    /// <summary>The row that spoke of this person last, in this import; 0: none did.</summary>
    public int Line { get; set; }

    /// <param name="log">Null where nobody asks for each value of a new person.</param>
    public static PersonCard Create(RowValues values, RowChanges? log)
    {
        var row = values.Row;
        var changes = new InfluencerChanges
        {
            Kind = KindOf(row.Kind) ?? InfluencerKind.Journalist,
            IsDesk = row.IsDesk,
            DisplayName = SearchTextOf.Cut(row.DisplayName, PersonLimits.Name),
            FirstName = row.FirstName,
            LastName = row.LastName,
            Email = values.Emails.Count > 0 ? values.Emails[0].Value : null,
            Phone = row.Phones.Count > 0 ? row.Phones[0] : null,
            Country = row.Country,
            City = row.City,
            CoverageArea = values.OutletId is null ? row.Beat : null,
            Language = row.Language,
            Languages = row.Languages.Count == 0 ? default : new Optional<List<string>?>([.. row.Languages]),
            Bio = row.Bio,
            About = Join(row.Notes, values.NoteLines()),
            DoNotContact = row.DoNotContact,
            DoNotContactReason = row.DoNotContactReason,
            DataSource = row.Source ?? values.Source,
            Tags = values.Tags.Count == 0 ? default : new Optional<List<string>?>([.. values.Tags]),
        };
        var card = new PersonCard(Influencer.Create(changes), isNew: true);
        log?.Made(card.Person, changes);
        card.AddAddresses(values, log);
        card.AddRole(values, log);
        card.AddTopics(values, log);
        return card;
    }

    /// <summary>Fills what is empty and changes what the file says otherwise; what the file leaves empty stays.</summary>
    /// <returns>Whether anything differed.</returns>
    public bool Take(RowValues values, RowChanges log)
    {
        var row = values.Row;
        var changed = false;
        var about = Join(row.Notes, []) is { } notes ? Join(notes, values.NoteLines()) : Missing(person.About, values.NoteLines());
        var changes = new InfluencerChanges
        {
            Kind = KindOf(row.Kind) is { } kind ? Differing(kind, person.Kind, ref changed) : person.Kind,
            DisplayName = values.HasName ? Differing(row.DisplayName, person.DisplayName, ref changed) : person.DisplayName,
            FirstName = Given(row.FirstName, person.FirstName, ref changed),
            LastName = Given(row.LastName, person.LastName, ref changed),
            Country = Given(row.Country, person.Country, ref changed),
            City = Given(row.City, person.City, ref changed),
            CoverageArea = Given(values.OutletId is null ? row.Beat : null, person.CoverageArea, ref changed),
            Language = Given(row.Language, person.Language, ref changed),
            Languages = With(person.Languages, row.Languages, ref changed),
            Bio = Given(row.Bio, person.Bio, ref changed),
            About = Given(about, person.About, ref changed),
            DoNotContact = row.DoNotContact ? Differing(true, person.DoNotContact, ref changed) : person.DoNotContact,
            DoNotContactReason = row.DoNotContact && person.DoNotContactReason is null ? Given(row.DoNotContactReason, null, ref changed) : person.DoNotContactReason,
            DataSource = person.DataSource is null ? Given(row.Source, null, ref changed) : person.DataSource,
            Tags = With(person.Tags, values.Tags, ref changed),
        };
        if (changed)
        {
            log.Apply(person, changes);
        }

        changed |= AddAddresses(values, log);
        changed |= AddRole(values, log);
        changed |= AddTopics(values, log);
        return changed;
    }

    /// <summary>Marks the addresses mails to which come back, so that a bounce that stands is seen.</summary>
    /// <returns>The first of them; null: there is none.</returns>
    public string? MarkDead(Func<string, bool> isDead)
    {
        var dead = person.ContactPoints.Where(p => p.AddressKey is { } key && isDead(key)).ToList();
        foreach (var point in dead.Where(p => p.Status is EmailStatus.Unknown or EmailStatus.Valid))
        {
            point.Mark(EmailStatus.Bounced);
            if (point.Primary)
            {
                person.Copy(ContactKind.Email, point);
            }
        }

        return dead.Count > 0 ? dead[0].Value : null;
    }

    /// <summary>After a new person got a key.</summary>
    public void Settle()
    {
        foreach (var point in person.ContactPoints)
        {
            point.BelongTo(person.Id);
        }

        foreach (var role in person.Affiliations)
        {
            role.BelongTo(person.Id);
        }

        foreach (var topic in person.Topics)
        {
            topic.BelongTo(person.Id);
        }
    }

    private bool AddAddresses(RowValues values, RowChanges? log)
    {
        var changed = false;
        foreach (var email in values.Emails)
        {
            if (!person.ContactPoints.Exists(p => p.AddressKey == email.Key))
            {
                Add(ContactKind.Email, email.Value, email.IsShared, values.Source, log);
                changed = true;
            }
        }

        foreach (var phone in values.Row.Phones)
        {
            if (!person.ContactPoints.Exists(p => p.Kind == ContactKind.Phone && (p.Value == phone || PhoneText.Normalise(p.Value, values.Row.Country) == phone)))
            {
                Add(ContactKind.Phone, phone, shared: false, values.Source, log);
                changed = true;
            }
        }

        return changed;
    }

    private void Add(ContactKind kind, string value, bool shared, string source, RowChanges? log)
    {
        var point = ContactPoint.Imported(kind, value, shared, !person.ContactPoints.Exists(p => p.Kind == kind && p.Primary), source);
        person.ContactPoints.Add(point);
        log?.Added(point, value);
        if (isNew)
        {
            // A later row of the batch may be the first to bring an address of this kind.
            if (point.Primary && (kind == ContactKind.Email ? person.Email : person.Phone) != value)
            {
                person.Copy(kind, point);
            }

            return;
        }

        point.BelongTo(person.Id);
        if (point.Primary)
        {
            person.Copy(kind, point);
        }
    }

    private bool AddRole(RowValues values, RowChanges? log)
    {
        if (values.OutletId is not { } outlet)
        {
            return false;
        }

        var (function, beat) = (values.Row.Function, values.Row.Beat);
        var role = person.Affiliations.Find(a => a.OutletId == outlet && a.To is null) ?? person.Affiliations.Find(a => a.OutletId == outlet);
        if (role is null)
        {
            role = new Affiliation(isNew ? null : person.Id, outlet);
            role.Apply(new AffiliationChanges { Function = function, Beat = beat, Primary = !person.Affiliations.Exists(a => a.Primary), Source = values.Source });
            person.Affiliations.Add(role);
            log?.Added(role, values.Row.Outlet);
            return true;
        }

        // A role that somebody here has ended stays ended: files are older than what people know.
        var changed = false;
        var changes = new AffiliationChanges { Function = Given(function, role.Function, ref changed), Beat = Given(beat, role.Beat, ref changed) };
        if (role.To is not null || !changed)
        {
            return false;
        }

        if (log is null)
        {
            role.Apply(changes);
        }
        else
        {
            log.Apply(role, changes);
        }

        return true;
    }

    private bool AddTopics(RowValues values, RowChanges? log)
    {
        var changed = false;
        foreach (var (id, name) in values.Topics)
        {
            // One that the person refuses stays refused.
            if (person.Topics.Exists(t => t.TopicId == id))
            {
                continue;
            }

            var topic = InfluencerTopic.Create(new InfluencerTopicChanges { TopicId = id, Source = values.Source });
            if (!isNew)
            {
                topic.BelongTo(person.Id);
            }

            person.Topics.Add(topic);
            log?.Added(topic, name);
            changed = true;
        }

        return changed;
    }

    private static T Differing<T>(T given, T current, ref bool changed)
    {
        changed |= !EqualityComparer<T>.Default.Equals(given, current);
        return given;
    }

    private static string? Given(string? given, string? current, ref bool changed) => given is null ? current : Differing(given, current, ref changed);

    private static List<string> With(List<string> current, IReadOnlyList<string> given, ref bool changed)
    {
        List<string>? all = null;
        foreach (var text in given)
        {
            if ((all ?? current).Exists(t => string.Equals(t, text, StringComparison.OrdinalIgnoreCase)) || (all ?? current).Count >= Check.ListLimit)
            {
                continue;
            }

            (all ??= [.. current]).Add(text);
        }

        changed |= all is not null;
        return all ?? current;
    }

    private static string? Missing(string? about, IEnumerable<string> lines) =>
        Join(about, lines.Where(l => about?.Contains(l, StringComparison.Ordinal) != true));

    private static string? Join(string? text, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            text = text is null ? line : $"{text}\n{line}";
        }

        return text;
    }

    private static InfluencerKind? KindOf(string? word) => word switch
    {
        "journalist" => InfluencerKind.Journalist,
        "blogger" => InfluencerKind.Blogger,
        "expert" => InfluencerKind.Expert,
        "creator" => InfluencerKind.Creator,
        "stakeholder" => InfluencerKind.Stakeholder,
        _ => null,
    };
}
