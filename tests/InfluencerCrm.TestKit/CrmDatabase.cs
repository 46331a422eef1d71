using System.Security.Cryptography;
using InfluencerCrm.Core;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.SendOuts.Dispatch;
using InfluencerCrm.Core.Team;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace InfluencerCrm.TestKit;

/// <summary>A <see cref="TestDatabase"/> with Core's services on it, and a clock that stands still.</summary>
public sealed class CrmDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly TestDatabase _database;

    private CrmDatabase(ServiceProvider services, TestDatabase database, FakeTimeProvider clock)
    {
        _services = services;
        _database = database;
        Clock = clock;
    }

    public FakeTimeProvider Clock { get; }

    public string Provider => _database.Provider;

    /// <summary>On the database this test is to run on.</summary>
    public static Task<CrmDatabase> CreateAsync(CancellationToken ct) => CreateAsync(TestDatabase.CurrentProvider, ct);

    /// <param name="provider">One of <see cref="TestDatabase.Providers"/>.</param>
    public static async Task<CrmDatabase> CreateAsync(string provider, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var database = await TestDatabase.CreateAsync(provider);
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddLogging()
            .AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>()
            .AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>()
            .AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>()
            .AddCrmCore()
            .AddTestPorts()

            // The clock is the test's, the database's is the machine's.
            .AddSingleton(Options.Create(new DispatchOptions { CompareClocks = false }))
            .AddCrmDatabase(database.DatabaseProvider, database.ConnectionString)
            .ConfigureDbContext<CrmDbContext>(options => options.AddInterceptors(NoSynchronousCommands.Instance))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });

        // As the host does when it starts.
        services.GetRequiredService<AddressHash>().UseKey(RandomNumberGenerator.GetBytes(AddressHash.KeyLength));
        return new CrmDatabase(services, database, clock);
    }

    /// <summary>A unit of work of this actor; null is nobody.</summary>
    public CrmScope As(Actor? actor)
    {
        var scope = _services.CreateAsyncScope();
        if (actor is not null)
        {
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(actor);
        }

        return new CrmScope(scope);
    }

    /// <summary>Adds rows as the product itself.</summary>
    public async Task<T> AddAsync<T>(T row, CancellationToken ct)
        where T : class
    {
        await using var scope = As(Actor.System);
        scope.Db.Add(row);
        await scope.Db.SaveChangesAsync(ct);
        return row;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}

/// <summary>One unit of work: its context and its use cases.</summary>
public sealed class CrmScope(AsyncServiceScope scope) : IAsyncDisposable
{
    public CrmDbContext Db => Get<CrmDbContext>();

    public T Get<T>()
        where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    public Task<T> CreateAsync<T, TChanges>(TChanges changes, CancellationToken ct)
        where T : class, IRow, IWritable<T, TChanges> => Get<CreateRow<T, TChanges>>().ExecuteAsync(changes, null, ct);

    public Task<T> ChangeAsync<T, TChanges>(long key, TChanges changes, CancellationToken ct)
        where T : class, IRow, IWritable<T, TChanges> => Get<ChangeRow<T, TChanges>>().ExecuteAsync(key, null, changes, ct);

    public Task DeleteAsync<T>(long key, CancellationToken ct)
        where T : class, IRow => Get<DeleteRow<T>>().ExecuteAsync(key, null, ct);

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}
