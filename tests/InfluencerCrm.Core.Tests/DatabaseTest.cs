using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.TestKit;

namespace InfluencerCrm.Core.Tests;

/// <summary>A test with a database of its own, migrated as in production: a <see cref="DatabaseFactAttribute"/> runs on each of the configured ones, a plain fact on SQLite.</summary>
public abstract class DatabaseTest : IAsyncLifetime
{
    private int _names;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected CrmDatabase Database { get; private set; } = null!;

    protected DateTime Now => Database.Clock.GetUtcNow().UtcDateTime;

    public async ValueTask InitializeAsync() => Database = await CrmDatabase.CreateAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<int> PersonAsync(string name = "Zoé Lefèvre") =>
        (await Database.AddAsync(new Influencer(InfluencerKind.Journalist, name), Ct)).Id;

    protected async Task<int> PersonWithEmailAsync(string name, string email)
    {
        await using var officer = Database.As(Actors.Officer());
        return (await officer.CreateAsync<Influencer, InfluencerChanges>(new() { DisplayName = name, Email = email }, Ct)).Id;
    }

    protected Interaction Done(int person) => new(person, InteractionKind.Call, InteractionStatus.Done, Now);

    protected async Task<int> ClientAsync() => (await Database.AddAsync(new Client($"Client {++_names}"), Ct)).Id;

    protected async Task<int> CampaignAsync(int? client = null) => (await Database.AddAsync(new Campaign($"Campaign {++_names}", client), Ct)).Id;
}
