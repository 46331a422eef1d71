using InfluencerCrm.Core;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace InfluencerCrm.TestKit;

/// <summary>A database of one test's own: a SQLite file with the model's tables, Core's services, and a clock that stands still.</summary>
public sealed class CrmDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _file;

    private CrmDatabase(ServiceProvider services, string file, FakeTimeProvider clock)
    {
        _services = services;
        _file = file;
        Clock = clock;
    }

    public FakeTimeProvider Clock { get; }

    public static async Task<CrmDatabase> CreateAsync(CancellationToken ct)
    {
        var file = Path.Combine(Path.GetTempPath(), $"influencercrm-{Guid.NewGuid():N}.db");
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddCrmCore()
            .AddTestPorts()
            .AddCrmDatabase(new SqliteProvider(), $"Data Source={file};Pooling=False")
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        var database = new CrmDatabase(services, file, clock);
        await using var scope = database.As(Actor.System);
        await scope.Db.Database.EnsureCreatedAsync(ct);
        return database;
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
        foreach (var part in new[] { "", "-wal", "-shm" })
        {
            File.Delete(_file + part);
        }
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
