using System.Reflection;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Inbound;
using InfluencerCrm.Core.Inbound.Mailboxes;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Dispatch;
using InfluencerCrm.Core.Team;
using InfluencerCrm.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace InfluencerCrm.Core;

/// <summary>Registers what Core brings. Rules, use cases and erasure steps are found by what they are, so a new one needs no line here.</summary>
public static class CoreRegistration
{
    // Stateless; a new instance for each context would cost EF an internal service provider each.
    private static readonly FurthestRelationship Furthest = new();

    public static IServiceCollection AddCrmCore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<CurrentActor>();
        services.AddScoped<DatabaseErrors>();
        services.AddScoped(typeof(CreateRow<,>));
        services.AddScoped(typeof(ChangeRow<,>));
        services.AddScoped(typeof(DeleteRow<>));
        services.AddScoped<RestoreRow>();
        services.AddSingleton<KnownKeys>();
        services.AddScoped<LoadActor>();
        services.AddSingleton<AddressHash>();
        services.AddSingleton<ErasureLinks>();
        services.AddOptions();
        services.AddSingleton<Imports.ImportFiles>();
        services.AddSingleton<Outbound.SafeHttp>();
        services.AddScoped<Webhooks.WebhookRules>();
        services.AddScoped<LastInteraction>();
        services.AddScoped<LastCoverage>();
        services.AddScoped<ApplyMail>();
        services.AddScoped<SoftBounces>();
        services.AddScoped<RateBudgets>();
        services.AddScoped<FreezeList>();
        services.AddScoped<ClaimMessages>();
        services.AddScoped<PostponeMessages>();
        services.AddScoped<MessageGate>();
        services.AddScoped<KeptUpdates>();
        services.AddScoped<DeliveryRecord>();
        services.AddSingleton<HostClock>();
        services.TryAddSingleton<SendOuts.SenderSecrets>();
        services.AddSingleton<DispatchSignal>();
        services.AddSingleton<ProgressSnapshots>();
        services.AddSingleton<SendOutDispatcher>();
        services.AddSingleton<MailboxHolder>();
        services.AddSingleton<InboxFollower>();
        services.AddSingleton<SentFollower>();

        var types = typeof(CoreRegistration).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }).ToList();
        foreach (var type in types)
        {
            foreach (var contract in type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRowRule<>)))
            {
                // A rule of an interface holds for every row that has it; the container knows no variance.
                var subject = contract.GetGenericArguments()[0];
                foreach (var row in types.Where(t => subject.IsAssignableFrom(t) && typeof(IRow).IsAssignableFrom(t)))
                {
                    services.AddScoped(typeof(IRowRule<>).MakeGenericType(row), type);
                }
            }

            if (typeof(IErasureStep).IsAssignableFrom(type))
            {
                services.AddScoped(typeof(IErasureStep), type);
            }

            if (type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Any(m => m.Name is "ExecuteAsync" or "Execute"))
            {
                services.TryAddScoped(type);
            }
        }

        return services;
    }

    /// <summary>The pooled context; the one a scope rents acts for the scope's actor.</summary>
    public static IServiceCollection AddCrmDatabase(this IServiceCollection services, IDatabaseProvider provider, string connectionString)
    {
        // By a function, so that the container closes what the provider keeps open.
        services.AddSingleton(_ => provider);
        services.AddPooledDbContextFactory<CrmDbContext>(options =>
        {
            provider.Configure(options, connectionString);
            options.AddInterceptors(Furthest, StatementCapture.Instance);

            // Some questions only want to know whether there are more than so many; pages always have an order.
            options.ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning));
        });
        services.AddScoped(scope =>
        {
            var db = scope.GetRequiredService<IDbContextFactory<CrmDbContext>>().CreateDbContext();
            db.Enter(scope.GetRequiredService<CurrentActor>());
            return db;
        });
        return services;
    }
}
