using System.Linq.Expressions;
using System.Reflection;

namespace InfluencerCrm.Api.OData.Searching;

/// <summary>Which columns hold normalised text: <c>XSearch</c> beside <c>X</c>, and <c>SearchText</c> (or the name's copy) for <c>$search</c>.</summary>
internal static class SearchColumns
{
    private static readonly MethodInfo ContainsMethod = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;
    private static readonly MethodInfo StartsWithMethod = typeof(string).GetMethod(nameof(string.StartsWith), [typeof(string)])!;
    private static readonly MethodInfo EndsWithMethod = typeof(string).GetMethod(nameof(string.EndsWith), [typeof(string)])!;

    public static PropertyInfo? CopyOf(PropertyInfo property) => property.DeclaringType!.GetProperty(property.Name + "Search");

    public static PropertyInfo? ForSearch(Type entity) =>
        entity.GetProperty("SearchText") ?? entity.GetProperty("NameSearch") ?? entity.GetProperty("DisplayNameSearch") ?? entity.GetProperty("TitleSearch");

    public static Expression Contains(Expression text, string sought) => Expression.Call(text, ContainsMethod, Parameter(sought));

    public static Expression StartsWith(Expression text, string sought) => Expression.Call(text, StartsWithMethod, Parameter(sought));

    public static Expression EndsWith(Expression text, string sought) => Expression.Call(text, EndsWithMethod, Parameter(sought));

    // A member of a constant object becomes a parameter of the command; a bare constant would cost a query plan for every word.
    private static MemberExpression Parameter(string value) => Expression.Property(Expression.Constant(new { Value = value }), "Value");
}
