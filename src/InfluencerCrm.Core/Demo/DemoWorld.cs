using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.Platforms;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.Core.Team;

namespace InfluencerCrm.Core.Demo;

/// <summary>What the parts of the sample agency hand on to each other while it is written.</summary>
internal sealed class DemoWorld(CrmDbContext db, TimeProvider clock, AddressHash hash, DemoOptions options)
{
    public CrmDbContext Db { get; } = db;

    public AddressHash Hash { get; } = hash;

    public DemoRandom Random { get; } = new(options.Seed);

    public DemoCalendar Calendar => field ??= new DemoCalendar(options.Today, Random);

    public DateTime Now { get; } = clock.GetUtcNow().UtcDateTime;

    public Dictionary<string, User> Users { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, DemoClient> Clients { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Story> Stories { get; } = new(StringComparer.Ordinal);

    /// <summary>Our key of a topic by its number in the source file.</summary>
    public Dictionary<int, int> Topics { get; } = [];

    public List<DemoOutlet> Outlets { get; } = [];

    public Dictionary<string, Platform> Platforms { get; } = new(StringComparer.Ordinal);

    public List<DemoPerson> People { get; } = [];

    /// <summary>A journalist whom both energy teams work with, each behind its wall.</summary>
    public DemoPerson Shared => field ??= People.First(p => p is { Warm: true, Role: DemoRole.Staff, Country: "FR", Row.EmailStatus: not EmailStatus.Bounced }
        && p.MayBeMailed("lumivelle") && p.MayBeMailed("rochambel") && p.Follows(Clients["lumivelle"].TopicIds.Concat(Clients["rochambel"].TopicIds)));

    /// <summary>Writes rows in bulk: their rules hold by construction, and a sample needs no audit entry for each row.</summary>
    public async Task WriteAsync<T>(IReadOnlyList<T> rows, CancellationToken ct)
        where T : class
    {
        await using var insert = new BulkInsert<T>(Db, clock);
        await insert.WriteAsync(rows, ct);
    }

    public async Task SaveAsync(object row, CancellationToken ct)
    {
        Db.Add(row);
        await Db.SaveChangesAsync(ct);
        Db.ChangeTracker.Clear();
    }
}

/// <summary>A client with its campaigns: <see cref="Now"/> runs, <see cref="Before"/> is over.</summary>
internal sealed record DemoClient(string Key, Client Row, Campaign Now, Campaign Before, IReadOnlyList<int> TopicIds, IReadOnlyList<string> Competitors)
{
    public int Id => Row.Id;
}

internal sealed record DemoOutlet(Outlet Row, string Type, string Slug, string City, string Language, IReadOnlyList<int> Topics, int Weight)
{
    public int Id => Row.Id;

    public string Country => Row.Country!;
}
