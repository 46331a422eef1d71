using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Core.Access;

/// <summary>Units of work that nobody signed in began: workers, commands, the start.</summary>
public static class ProductScope
{
    /// <summary>A scope in which the product itself acts.</summary>
    public static AsyncServiceScope CreateProductScope(this IServiceScopeFactory scopes) => AsProduct(scopes.CreateAsyncScope());

    /// <inheritdoc cref="CreateProductScope(IServiceScopeFactory)"/>
    public static AsyncServiceScope CreateProductScope(this IServiceProvider services) => AsProduct(services.CreateAsyncScope());

    private static AsyncServiceScope AsProduct(AsyncServiceScope scope)
    {
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(Actor.System);
        return scope;
    }
}
