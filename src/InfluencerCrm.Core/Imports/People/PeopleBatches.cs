using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Imports.Reading;
using InfluencerCrm.Core.Imports.Rows;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.Privacy;

namespace InfluencerCrm.Core.Imports.People;

/// <summary>
/// Makes people of rows, a batch at a time, inside the caller's transaction. New rows are written by prepared statements, changed
/// ones through the change tracker, which audits them. In a dry run only the words are written.
/// </summary>
internal sealed class PeopleBatches : IRowBatches
{
    private readonly CrmDbContext _db;
    private readonly AddressHash _hash;
    private readonly ImportJob _job;
    private readonly IReadOnlyList<string> _headings;
    private readonly TopicNames _topics;
    private readonly PersonRowReader _reader;
    private readonly string _source;
    private readonly OutletNames _outlets;
    private readonly EarlierLines _earlier;
    private readonly BulkInsert<Outlet> _insertOutlets;
    private readonly BulkInsert<Influencer> _insertPeople;
    private readonly BulkInsert<ContactPoint> _insertPoints;
    private readonly BulkInsert<Affiliation> _insertRoles;
    private readonly BulkInsert<InfluencerTopic> _insertTopics;
    private readonly BulkInsert<ImportRow> _insertWords;

    public PeopleBatches(CrmDbContext db, IDatabaseProvider provider, TimeProvider clock, AddressHash hash, ImportJob job, ColumnMap map, TopicNames topics, string? homeCountry)
    {
        (_db, _hash, _job, _headings, _topics) = (db, hash, job, map.Headings, topics);
        _reader = new PersonRowReader(map, string.IsNullOrEmpty(homeCountry) ? null : homeCountry.ToUpperInvariant());
        _source = $"import {job.FileName}";
        _earlier = new EarlierLines(db, job);
        _insertOutlets = new BulkInsert<Outlet>(db, clock, provider: provider);
        _insertPeople = new BulkInsert<Influencer>(db, clock, provider: provider);
        _insertPoints = new BulkInsert<ContactPoint>(db, clock, readKeys: false, provider: provider);
        _insertRoles = new BulkInsert<Affiliation>(db, clock, readKeys: false, provider: provider);
        _insertTopics = new BulkInsert<InfluencerTopic>(db, clock, readKeys: false, provider: provider);
        _insertWords = new BulkInsert<ImportRow>(db, clock, readKeys: false, provider: provider);
        _outlets = new OutletNames(db, _insertOutlets, job.DryRun);
    }

    public ReadRow Read(TableRow row)
    {
        var person = _reader.Read(row, out var problems);
        return new ReadPerson(row, person, problems, person is null ? "" : SearchTextOf.Joined(ModelConventions.DefaultLength, [SearchTextOf.Cut(person.DisplayName, PersonLimits.Name)]));
    }

    public async Task<IReadOnlyList<ImportOutcome>> WriteAsync(IReadOnlyList<ReadRow> read, CancellationToken ct)
    {
        var rows = read.Cast<ReadPerson>().ToList();
        var matcher = new PersonMatcher(_db);
        var oppositions = new Oppositions(_db, _hash, _source);
        await _outlets.LoadAsync(rows.Select(r => r.Person?.Outlet), ct);
        await matcher.LoadAsync(rows, _outlets, ct);
        await oppositions.LoadAsync(rows, matcher.KnownIds, ct);
        await _earlier.LoadAsync(matcher.KnownIds, ct);

        var created = new List<PersonCard>(rows.Count);
        var words = new List<RowWord>(rows.Count);
        foreach (var row in rows)
        {
            var word = new RowWord(row);
            words.Add(word);
            if (row.Person is null)
            {
                var problem = row.Problems.First(p => p.Refuses);
                word.Refuse(problem.Code, Text(row.Problems.Where(p => p.Refuses)));
                continue;
            }

            await TakeAsync(row, word, matcher, oppositions, created, ct);
        }

        if (!_job.DryRun)
        {
            await WriteAsync(created, oppositions, ct);
        }

        await _insertWords.WriteAsync(words.ConvertAll(w => w.ToRow(_job.Id, _headings)), ct);
        return words.ConvertAll(w => w.Outcome);
    }

    public void Committed() => _outlets.Keep();

    public void RolledBack() => _outlets.Forget();

    public async ValueTask DisposeAsync()
    {
        await _insertOutlets.DisposeAsync();
        await _insertPeople.DisposeAsync();
        await _insertPoints.DisposeAsync();
        await _insertRoles.DisposeAsync();
        await _insertTopics.DisposeAsync();
        await _insertWords.DisposeAsync();
    }

    private async Task TakeAsync(ReadPerson row, RowWord word, PersonMatcher matcher, Oppositions oppositions, List<PersonCard> created, CancellationToken ct)
    {
        var person = row.Person!;
        var found = matcher.Find(row, _outlets.Find(person.Outlet));
        if (Refusal(person, found, oppositions) is var (code, message))
        {
            word.Refuse(code, message);
            word.InfluencerId = found.Count == 1 && !found[0].IsNew ? found[0].Person.Id : null;
            return;
        }

        foreach (var problem in row.Problems)
        {
            word.Note(problem.Code, Text([problem]));
        }

        var card = found.Count == 1 ? found[0] : null;
        var values = await ValuesAsync(person, card, matcher, word, ct);
        var changed = true;
        if (card is null)
        {
            card = PersonCard.Create(values, _job.DryRun ? word.Changes : null);
            if (_earlier.WouldBeThere(card))
            {
                // A dry run writes nobody, so the second row of a person finds none.
                word.Outcome = ImportOutcome.Unchanged;
                word.Note("repeatedInFile", "An earlier row of the file is the same person.");
                return;
            }

            created.Add(card);
            word.Outcome = ImportOutcome.Created;
        }
        else
        {
            changed = card.Take(values, word.Changes);
        }

        if (person.DoNotContact)
        {
            changed |= oppositions.Add(card, [.. values.Emails.Where(e => !matcher.IsShared(e)).Select(e => e.Key)]);
        }
        else if (person.Emails.FirstOrDefault(e => oppositions.IsSuppressed(e.Key)) is { } opposed)
        {
            word.Note("suppressed", $"{opposed.Value} is on the list of oppositions and stays there.");
        }

        if (card.MarkDead(oppositions.IsDead) is { } dead)
        {
            word.Note("bounceStands", $"Mails to {dead} came back, so nothing is sent there until an admin lifts the suppression.");
        }

        if (found.Count > 0)
        {
            word.Outcome = changed ? ImportOutcome.Updated : ImportOutcome.Unchanged;
            if (_earlier.LineOf(card) is { } line)
            {
                word.Note("repeatedInFile", $"The same person as on line {line}.");
            }
        }

        word.Target = card.Person;
        card.Line = row.Row.Line;
        matcher.Remember(card);
    }

    private static (string Code, string Message)? Refusal(PersonRow person, IReadOnlyList<PersonCard> found, Oppositions oppositions)
    {
        if (person.Emails.Any(e => oppositions.IsErased(e.Key)) || (found.Count == 1 && found[0].Person.ErasedAt is not null))
        {
            return ("erased", "The person of this address was erased here on request, and is not recorded anew by an import.");
        }

        if (found.Count > 1)
        {
            var people = string.Join(", ", found.Take(5).Select(c => c.IsNew ? $"line {c.Line}" : $"influencers/{c.Person.Id}"));
            return ("ambiguous", $"The row has no address of the person's own, and could be any of {people}.");
        }

        if (found.Count == 1 && found[0].Person.ArchivedAt is not null)
        {
            return ("archived", $"This is influencers/{found[0].Person.Id}, who is archived. Restore the record and import the row again.");
        }

        return person.Bio?.Length > InfluencerConfiguration.TextLength || person.Notes?.Length > InfluencerConfiguration.TextLength - 2500
            ? ("tooLong", "The texts of the row are longer together than a record can hold.")
            : null;
    }

    private async Task<RowValues> ValuesAsync(PersonRow person, PersonCard? card, PersonMatcher matcher, RowWord word, CancellationToken ct)
    {
        var own = new List<PersonEmail>();
        var shared = new List<PersonEmail>();
        foreach (var email in person.Emails)
        {
            if (matcher.IsShared(email))
            {
                shared.Add(email.IsShared ? email : email with { IsShared = true });
            }
            else if (matcher.Holder(email.Key) is { } holder && holder != card)
            {
                word.Note("addressTaken", $"{email.Value} was left out: {holder.Person.DisplayName} holds it.");
            }
            else
            {
                own.Add(email);
            }
        }

        own.AddRange(shared);
        var topics = new List<(int Id, string Name)>();
        List<string>? tags = null;
        foreach (var name in person.Topics)
        {
            if (_topics.Find(name) is { } id)
            {
                if (!topics.Exists(t => t.Id == id))
                {
                    topics.Add((id, name));
                }

                continue;
            }

            (tags ??= [.. person.Tags]).Add(name);
            word.Note("unknownTopic", $"There is no topic “{name}”; it became a tag.");
        }

        return new RowValues(person, own, await _outlets.FindOrCreateAsync(person.Outlet, OutletNames.KindOf(person.Kind), word.Changes, ct), topics, tags ?? person.Tags, _source);
    }

    private async Task WriteAsync(List<PersonCard> created, Oppositions oppositions, CancellationToken ct)
    {
        await _insertPeople.WriteAsync(created.ConvertAll(c => c.Person), ct);
        created.ForEach(c => c.Settle());
        await _insertPoints.WriteAsync([.. created.SelectMany(c => c.Person.ContactPoints)], ct);
        await _insertRoles.WriteAsync([.. created.SelectMany(c => c.Person.Affiliations)], ct);
        await _insertTopics.WriteAsync([.. created.SelectMany(c => c.Person.Topics)], ct);
        oppositions.Track();
        await _db.SaveChangesAsync(ct);
    }

    private static string Text(IEnumerable<RowProblem> problems) => string.Join(' ', problems.Select(p => p.Column is null ? p.Message : $"{p.Column}: {p.Message}"));
}
