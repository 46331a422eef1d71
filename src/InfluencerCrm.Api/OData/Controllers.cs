namespace InfluencerCrm.Api.OData;

/// <summary>Which controller answers for a set's rows.</summary>
internal static class Controllers
{
    private static readonly Dictionary<Type, Type> ByRow = typeof(Controllers).Assembly.GetTypes()
        .Where(t => !t.IsAbstract)
        .Select(t => (Controller: t, Row: RowOf(t)))
        .Where(t => t.Row is not null)
        .ToDictionary(t => t.Row!, t => t.Controller);

    /// <summary>Null for rows that are reached through their owner only.</summary>
    public static Type? Of(Type row) => ByRow.GetValueOrDefault(row);

    private static Type? RowOf(Type? type) =>
        type is null ? null
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ReadController<>) ? type.GetGenericArguments()[0]
        : RowOf(type.BaseType);
}
