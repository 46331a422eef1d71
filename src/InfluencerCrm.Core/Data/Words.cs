using System.Text.Json;

namespace InfluencerCrm.Core.Data;

/// <summary>Names of types and members as the API and its messages say them.</summary>
public static class Words
{
    public static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>The entity's name in a sentence: <c>media list</c> for <c>MediaList</c>.</summary>
    public static string Of(Type entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return string.Concat(entity.Name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : " ") + char.ToLowerInvariant(c) : c.ToString()));
    }
}
