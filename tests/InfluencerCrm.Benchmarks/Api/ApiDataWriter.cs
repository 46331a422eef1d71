using System.Diagnostics;
using System.Globalization;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>
/// Writes 100,000 people, 300,000 of their topics, 5,000 outlets and 1,000,000 interactions (times the scale) through the product's own
/// entities and its bulk insert, so that search columns, address keys and indexes are what the product makes of them.
/// </summary>
internal sealed class ApiDataWriter(CrmDbContext db, IDatabaseProvider provider, double scale)
{
    private const int Batch = 20_000;
    private const int Topics = 200;
    private static readonly DateTime Today = new(2026, 6, 30, 0, 0, 0, DateTimeKind.Utc);

    private readonly Random _random = new(20_26);
    private readonly SetClock _clock = new() { Now = Today.AddYears(-5) };
    private readonly int _people = (int)(100_000 * scale);
    private readonly int _outlets = (int)(5_000 * scale);
    private readonly int _interactions = (int)(1_000_000 * scale);
    private ApiWords _words = null!;
    private List<int> _clients = [];
    private int _user;

    public static async Task<int> RunAsync(string file, double scale)
    {
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(file))!, Path.GetFileName(file) + "*"))
        {
            File.Delete(left);
        }

        var watch = Stopwatch.StartNew();
        await using (var app = await ProductServer.BuildAsync(file))
        {
            await using var scope = app.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(Actor.System);
            var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
            await new ApiDataWriter(db, scope.ServiceProvider.GetRequiredService<IDatabaseProvider>(), scale).WriteAsync();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {new FileInfo(file).Length >> 20} MB in {watch.Elapsed.TotalSeconds:0} s"));
        return 0;
    }

    private async Task WriteAsync()
    {
        _words = new ApiWords(_random);
        await db.Database.OpenConnectionAsync();
        await provider.BeginBulkWriteAsync(db, default);
        _user = await db.Users.Select(u => u.Id).FirstAsync();
        db.AddRange(Enumerable.Range(1, 8).Select(i => new Client($"Client {i}")));
        await db.SaveChangesAsync();
        _clients = await db.Set<Client>().OrderBy(c => c.Id).Select(c => c.Id).ToListAsync();
        await WriteAsync(Enumerable.Range(0, Topics).Select(i => new Topic($"{_words.Text(1, 3)} {i}")));
        await WriteAsync(Enumerable.Range(0, _outlets).Select(Outlet));
        await WriteAsync(Enumerable.Range(0, _people).Select(Person));
        await WriteAsync(Enumerable.Range(1, _people).Select(Address));
        await WriteAsync(Enumerable.Range(1, _people).SelectMany(TopicsOf));
        await WriteAsync(Enumerable.Range(1, _people).SelectMany(RolesOf));
        await WriteAsync(Enumerable.Range(1, _people).SelectMany(RelationshipsOf));
        await WriteAsync(Enumerable.Range(0, _interactions).Select(Entry));

        // What the product does for each entry that is logged.
        await db.Database.ExecuteSqlRawAsync("UPDATE Influencers SET LastInteractionAt = (SELECT max(OccurredAt) FROM Interactions WHERE InfluencerId = Influencers.Id AND Status = 'Done')");
        await provider.RefreshStatisticsAsync(db, default);
        await provider.EndBulkWriteAsync(db, default);
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        await db.Database.CloseConnectionAsync();
    }

    private async Task WriteAsync<T>(IEnumerable<T> rows)
        where T : class
    {
        await using var insert = new BulkInsert<T>(db, _clock, readKeys: false, provider);
        foreach (var batch in rows.Chunk(Batch))
        {
            await insert.WriteAsync(batch, default);
        }
    }

    private Outlet Outlet(int number)
    {
        var (country, language, _) = _words.Country();
        return Core.Outlets.Outlet.Create(new OutletChanges
        {
            Name = $"{_words.Text(1, 4)} {number}",
            Kind = _words.Of((OutletKind.Newspaper, 25), (OutletKind.Website, 30), (OutletKind.Magazine, 20), (OutletKind.Blog, 10), (OutletKind.Radio, 8), (OutletKind.Tv, 4), (OutletKind.Podcast, 3)),
            Country = country,
            Language = language,
            Url = $"https://outlet{number}.example.org",
            Audience = _random.Next(1_000, 900_000),
        });
    }

    private Influencer Person(int number)
    {
        var (first, last) = _words.Name();
        var (country, language, city) = _words.Country();
        var person = Influencer.Create(new InfluencerChanges
        {
            Kind = _words.Of((InfluencerKind.Journalist, 55), (InfluencerKind.Blogger, 18), (InfluencerKind.Expert, 12), (InfluencerKind.Creator, 10), (InfluencerKind.Stakeholder, 5)),
            FirstName = first,
            LastName = last,
            Email = AddressOf(number + 1),
            EmailStatus = _words.Of((EmailStatus.Unknown, 60), (EmailStatus.Valid, 36), (EmailStatus.Bounced, 4)),
            Country = country,
            City = city,
            CoverageArea = _random.Next(4) == 0 ? _words.Text(1, 3) : null,
            Language = language,
            Languages = new List<string>(language == "en" ? ["en"] : [language, "en"]),
            Bio = _words.Bio(),
            Vip = _random.Next(200) == 0,
            Audience = _random.Next(3) == 0 ? _random.Next(500, 400_000) : null,
            LawfulBasis = "legitimateInterest",
            DataSource = "import",
            Tags = new List<string>(_random.Next(3) == 0 ? [_words.Common(), _words.Common()] : []),
        });

        // One person in seven has no scores yet; high ones are rare.
        if (_random.Next(7) != 0)
        {
            person.Score(ScoreOf(2.0), ScoreOf(2.5), ScoreOf(1.5), ScoreOf(1.2));
        }

        if (_random.Next(70) == 0)
        {
            person.Archive(Today.AddDays(-_random.Next(900)));
        }

        return person;
    }

    private double ScoreOf(double skew) => Math.Round(100 * Math.Pow(_random.NextDouble(), skew), 2);

    private static ContactPoint Address(int person)
    {
        var point = ContactPoint.Create(new ContactPointChanges { Kind = ContactKind.Email, Value = AddressOf(person), Primary = true, Source = "import" });
        point.BelongTo(person);
        return point;
    }

    private static string AddressOf(int person) => string.Create(CultureInfo.InvariantCulture, $"p{person}@outlet{person % 4999}.example.org");

    /// <summary>One to five, three on average.</summary>
    private IEnumerable<InfluencerTopic> TopicsOf(int person)
    {
        var topics = new HashSet<int>();
        while (topics.Count < person % 5 + 1)
        {
            topics.Add(_words.Skewed(Topics, 1.8) + 1);
        }

        foreach (var id in topics)
        {
            var topic = InfluencerTopic.Create(new InfluencerTopicChanges
            {
                TopicId = id,
                Stance = _random.Next(14) == 0 ? TopicStance.Refuses : TopicStance.Covers,
                Weight = Math.Round(_random.NextDouble(), 2),
                EvidenceCount = _words.Skewed(30, 3),
            });
            topic.BelongTo(person);
            yield return topic;
        }
    }

    private IEnumerable<Affiliation> RolesOf(int person)
    {
        var outlets = Enumerable.Range(0, _words.Of((0, 10), (1, 75), (2, 15))).Select(_ => _words.Skewed(_outlets, 2) + 1).Distinct().ToList();
        foreach (var outlet in outlets)
        {
            yield return Affiliation.Create(new AffiliationChanges
            {
                InfluencerId = person,
                OutletId = outlet,
                Function = _words.Of(("Journaliste", 60), ("Rédactrice en chef", 10), ("Pigiste", 30)),
                Primary = outlet == outlets[0],
            });
        }
    }

    private IEnumerable<Relationship> RelationshipsOf(int person) =>
        _words.Of((0, 88), (1, 9), (2, 3)) switch
        {
            0 => [],
            1 => [RelationshipOf(person, null)],
            _ => [RelationshipOf(person, null), RelationshipOf(person, _clients[_random.Next(_clients.Count)])],
        };

    private Relationship RelationshipOf(int person, int? client) => Relationship.Create(new RelationshipChanges
    {
        InfluencerId = person,
        ClientId = client,
        OwnerId = _user,
        Stage = _words.Of((RelationshipStage.Unknown, 10), (RelationshipStage.Connected, 60), (RelationshipStage.Convinced, 25), (RelationshipStage.Converted, 5)),
        Aim = _words.Of(((RelationshipAim?)null, 40), (RelationshipAim.Visibility, 30), (RelationshipAim.Expertise, 30)),
    });

    /// <summary>
    /// In the order of time, as they are logged, so that one person's entries lie apart. Each has a time of its own. One person in eight
    /// has none, a few have more than a thousand.
    /// </summary>
    private Interaction Entry(int number)
    {
        var step = TimeSpan.FromDays(5 * 365) / _interactions;
        var at = Today.AddDays(-5 * 365) + step * number + step * _random.NextDouble();
        _clock.Now = at;
        var person = (int)((_words.Skewed(_people - _people / 8, 1.7) * 7919L) % _people) + 1;
        var followUp = _random.Next(20) == 0;
        return Interaction.Create(new InteractionChanges
        {
            InfluencerId = person,
            Kind = _words.Of(
                (InteractionKind.Pitch, 45), (InteractionKind.Email, 20), (InteractionKind.Reply, 10), (InteractionKind.Call, 8), (InteractionKind.Note, 8), (InteractionKind.Coverage, 3),
                (InteractionKind.Meeting, 2), (InteractionKind.Event, 2), (InteractionKind.Interview, 1), (InteractionKind.SocialExchange, 1)),
            Status = _words.Of((InteractionStatus.Done, 97), (InteractionStatus.Cancelled, 2), (InteractionStatus.NoShow, 1)),
            Direction = _random.Next(6) == 0 ? InteractionDirection.Inbound : InteractionDirection.Outbound,
            Channel = _words.Of(("email", 80), ("phone", 15), ("linkedin", 5)),
            OccurredAt = at,
            Subject = _words.Text(3, 7),
            Notes = _random.Next(10) < 4 ? _words.Text(5, 25) : null,
            Outcome = _words.Of((InteractionOutcome.None, 50), (InteractionOutcome.NoReply, 30), (InteractionOutcome.Interested, 10), (InteractionOutcome.Declined, 7), (InteractionOutcome.Covered, 3)),
            ClientId = _random.Next(10) < 7 ? _clients[_random.Next(_clients.Count)] : null,
            OutletId = _random.Next(5) == 0 ? _words.Skewed(_outlets, 2) + 1 : null,
            NextStep = followUp ? _words.Text(2, 5) : null,
            NextStepDueAt = followUp ? at.AddDays(14) : null,
        });
    }

    /// <summary>Rows are as old as what they tell.</summary>
    private sealed class SetClock : TimeProvider
    {
        public DateTime Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
