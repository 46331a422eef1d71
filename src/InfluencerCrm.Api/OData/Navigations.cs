using System.Linq.Expressions;

namespace InfluencerCrm.Api.OData;

/// <summary>Queries that follow a navigation by its name.</summary>
internal static class Navigations
{
    public static IQueryable<TTarget> Many<T, TTarget>(IQueryable<T> owners, string navigation)
    {
        var owner = Expression.Parameter(typeof(T), "owner");
        return owners.SelectMany(Expression.Lambda<Func<T, IEnumerable<TTarget>>>(Expression.Property(owner, navigation), owner));
    }

    public static IQueryable<TTarget> Single<T, TTarget>(IQueryable<T> owners, string navigation)
        where TTarget : class
    {
        var owner = Expression.Parameter(typeof(T), "owner");
        return owners.Select(Expression.Lambda<Func<T, TTarget>>(Expression.Property(owner, navigation), owner)).Where(t => t != null);
    }
}
