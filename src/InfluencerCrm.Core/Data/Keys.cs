using System.Linq.Expressions;

namespace InfluencerCrm.Core.Data;

/// <summary>Finding a row by its key whatever the key's width; the value is a parameter of the query, not a constant (a constant costs a plan each time).</summary>
public static class Keys
{
    public static Expression<Func<T, bool>> Is<T>(long key) => Is<T>("Id", key);

    /// <summary>A condition on an <c>int</c>, <c>long</c> or nullable column by name.</summary>
    public static Expression<Func<T, bool>> Is<T>(string property, long key) => (Expression<Func<T, bool>>)Is(typeof(T), property, key);

    /// <summary>The same for rows of a type that is known only when it runs.</summary>
    public static LambdaExpression Is(Type type, string property, long key)
    {
        var row = Expression.Parameter(type, "row");
        var member = Expression.Property(row, property);
        var holder = new { Int = key is >= int.MinValue and <= int.MaxValue ? (int)key : 0, Long = key };
        var value = Expression.Property(Expression.Constant(holder), (Nullable.GetUnderlyingType(member.Type) ?? member.Type) == typeof(long) ? nameof(holder.Long) : nameof(holder.Int));
        return Expression.Lambda(Expression.Equal(member, Expression.Convert(value, member.Type)), row);
    }
}
