using System.Reflection;
using InfluencerCrm.Core.Access;

namespace InfluencerCrm.Core.Data;

/// <summary>Which right a kind of row takes, from its <see cref="AccessAttribute"/>.</summary>
public static class RowAccess
{
    public static Right ToRead(Type entity) => Of(entity).Read;

    public static Right ToWrite(Type entity) => Of(entity).Write;

    private static AccessAttribute Of(Type entity) => entity.GetCustomAttribute<AccessAttribute>()
        ?? throw new InvalidOperationException($"{entity.Name} states no access.");
}
