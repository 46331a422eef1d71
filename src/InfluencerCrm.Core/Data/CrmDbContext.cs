using System.Linq.Expressions;
using System.Reflection;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Team;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace InfluencerCrm.Core.Data;

/// <summary>
/// The one context. It is pooled; the scope that rents it hands it its <see cref="CurrentActor"/>, which the query
/// filters read, so that walls, confidential campaigns, erased people and archived rows hold in <c>$expand</c> and <c>any()</c> too.
/// </summary>
public sealed partial class CrmDbContext(DbContextOptions<CrmDbContext> options)
    : IdentityUserContext<User, int>(options), IDataProtectionKeyContext
{
    private CurrentActor? _scope;

    /// <summary>Who acts in this scope; null sees nothing and writes nothing.</summary>
    public Actor? Actor => _scope?.Actor;

    /// <summary>Shows archived rows to queries of this scope.</summary>
    public bool ShowArchived { get; set; }

    /// <summary>Runs before the first change of a unit of work, where somebody must have a transaction open around it; outside any other transaction.</summary>
    public Func<CancellationToken, Task>? BeforeWrite { get; set; }

    // The query filters read these members; EF makes a parameter of each, so one plan serves all actors.
    private bool HasActor => Actor is not null;

    private int ActingUser => Actor?.UserId ?? 0;

    private bool SeesAll => Actor is { SeesAllClients: true };

    private IReadOnlyList<int> VisibleClients => Actor?.ClientIds ?? [];

    private IReadOnlyList<int> HiddenCampaigns => Actor?.HiddenCampaignIds ?? [];

    /// <summary>Called by the scope right after renting.</summary>
    public void Enter(CurrentActor scope)
    {
        _scope = scope;
        ShowArchived = false;
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        await RowSaving.SaveAsync(this, ct => base.SaveChangesAsync(acceptAllChangesOnSuccess, ct), cancellationToken);

    /// <summary>Only the key ring of data protection saves synchronously; rows never do.</summary>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        ChangeTracker.Entries<IRow>().Any()
            ? throw new InvalidOperationException("Rows are saved with SaveChangesAsync.")
            : base.SaveChanges(acceptAllChangesOnSuccess);

    public override void Dispose()
    {
        Leave();
        base.Dispose();
    }

    public override ValueTask DisposeAsync()
    {
        Leave();
        return base.DisposeAsync();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        ModelConventions.Configure(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(CrmDbContext).Assembly);
        CrossFeatureRelations.Configure(builder);
        foreach (var entity in builder.Model.GetEntityTypes().Where(e => typeof(IRow).IsAssignableFrom(e.ClrType)).ToList())
        {
            AddFiltersMethod.MakeGenericMethod(entity.ClrType).Invoke(this, [builder]);
        }

        ModelConventions.Finish(builder, Database.ProviderName);
    }

    private static readonly MethodInfo AddFiltersMethod = typeof(CrmDbContext)
        .GetMethod(nameof(AddFilters), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static readonly MethodInfo SeenWithMethod = typeof(CrmDbContext)
        .GetMethod(nameof(SeenWith), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private void Leave()
    {
        _scope = null;
        ShowArchived = false;
        BeforeWrite = null;
    }

    private void AddFilters<T>(ModelBuilder builder)
        where T : class, IRow
    {
        var entity = builder.Entity<T>();

        // Identity reads users before anybody is signed in; who may list users is the API's rule.
        if (typeof(T) != typeof(User))
        {
            entity.HasQueryFilter(Filters.Actor, _ => HasActor);
        }

        if (typeof(IClientOwned).IsAssignableFrom(typeof(T)))
        {
            entity.HasQueryFilter(Filters.Wall, e =>
                SeesAll || ((IClientOwned)e).ClientId == null || VisibleClients.Contains(((IClientOwned)e).ClientId!.Value));
        }

        if (typeof(ICampaignOwned).IsAssignableFrom(typeof(T)))
        {
            entity.HasQueryFilter(Filters.Confidential, e =>
                SeesAll || ((ICampaignOwned)e).CampaignId == null || !HiddenCampaigns.Contains(((ICampaignOwned)e).CampaignId!.Value));
        }

        if (typeof(IArchivable).IsAssignableFrom(typeof(T)))
        {
            entity.HasQueryFilter(Filters.Archived, e => ShowArchived || ((IArchivable)e).ArchivedAt == null);
        }

        if (typeof(IErasable).IsAssignableFrom(typeof(T)))
        {
            entity.HasQueryFilter(Filters.Erased, e => ((IErasable)e).ErasedAt == null);
        }

        AddOwnerFilter<T>(builder);
        AddOwnFilter(builder, typeof(T));
    }

    /// <summary>Rows that are a wall themselves, so that their own key decides.</summary>
    private void AddOwnFilter(ModelBuilder builder, Type row)
    {
        if (row == typeof(Client))
        {
            builder.Entity<Client>().HasQueryFilter(Filters.Wall, c => SeesAll || VisibleClients.Contains(c.Id));
        }
        else if (row == typeof(Campaign))
        {
            builder.Entity<Campaign>().HasQueryFilter(Filters.Confidential, c => SeesAll || !HiddenCampaigns.Contains(c.Id));
        }
        else if (row == typeof(ApiKey))
        {
            builder.Entity<ApiKey>().HasQueryFilter(Filters.Wall, k => SeesAll || k.UserId == ActingUser);
        }
    }

    private void AddOwnerFilter<T>(ModelBuilder builder)
        where T : class, IRow
    {
        Expression<Func<T, bool>>? all = null;
        foreach (var seenWith in typeof(T).GetCustomAttributes<SeenWithAttribute>())
        {
            var one = (Expression<Func<T, bool>>)SeenWithMethod.MakeGenericMethod(typeof(T), seenWith.Owner).Invoke(this, [seenWith.Key])!;
            all = all is null
                ? one
                : Expression.Lambda<Func<T, bool>>(Expression.AndAlso(all.Body, ReplacingExpressionVisitor.Replace(one.Parameters[0], all.Parameters[0], one.Body)), all.Parameters);
        }

        if (all is not null)
        {
            builder.Entity<T>().HasQueryFilter(Filters.Owner, all);
        }
    }

    private Expression<Func<T, bool>> SeenWith<T, TOwner>(string key)
        where TOwner : Entity
    {
        Expression<Func<int?, bool>> seen = id => id == null || Set<TOwner>().Any(owner => owner.Id == id);
        var row = Expression.Parameter(typeof(T), "row");
        var owner = Expression.Convert(Expression.Property(row, key), typeof(int?));
        return Expression.Lambda<Func<T, bool>>(ReplacingExpressionVisitor.Replace(seen.Parameters[0], owner, seen.Body), row);
    }
}
