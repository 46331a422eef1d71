using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Demo;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.TestKit;

namespace InfluencerCrm.Core.Tests.Demo;

/// <summary>One sample agency for the tests that only read it.</summary>
public sealed class DemoDatabase : IAsyncLifetime
{
    public static DateOnly Today { get; } = new(2026, 3, 2);

    public CrmDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await CrmDatabase.CreateAsync(CancellationToken.None);
        await LoadAsync(Database, new DemoOptions { Today = Today }, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    public static async Task<DemoSignIn?> LoadAsync(CrmDatabase database, DemoOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var scope = database.As(Actor.System);
        scope.Get<AddressHash>().UseKey(new byte[AddressHash.KeyLength]);
        return await scope.Get<LoadDemo>().ExecuteAsync(options, ct);
    }
}
