using System.Reflection;
using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Api.OData;

/// <summary>
/// What PUT means: members that are not sent become what they are in a row newly made of those that are, and what a new row must have must be
/// sent. Members that no property shows (passwords, secrets), and the owner that a row keeps for good, stay.
/// </summary>
internal static class Replacement
{
    /// <exception cref="Core.Errors.RuleViolation">A member is missing without which there is no such row.</exception>
    public static TChanges Of<T, TChanges>(TChanges sent)
        where T : class, IWritable<T, TChanges>
        where TChanges : notnull
    {
        var entity = EdmTypes.EntityTypeOf(typeof(T));
        var fresh = T.Create(sent);
        foreach (var member in typeof(TChanges).GetProperties().Where(m => m.PropertyType.IsGenericType && m.PropertyType.GetGenericTypeDefinition() == typeof(Optional<>)))
        {
            if (((IOptional)member.GetValue(sent)!).IsSet
                || entity.FindProperty(Words.Camel(member.Name)) is null
                || Kept.Contains((typeof(T).Name, member.Name))
                || typeof(T).GetProperty(member.Name, BindingFlags.Instance | BindingFlags.Public) is not { } property)
            {
                continue;
            }

            if (Default(property.GetValue(fresh), member.PropertyType.GetGenericArguments()[0]) is { } value)
            {
                member.SetValue(sent, Activator.CreateInstance(member.PropertyType, [value.Length == 0 ? null : value[0]]));
            }
        }

        return sent;
    }

    // Given once: saying nothing of it is no change.
    private static readonly HashSet<(string, string)> Kept =
        [("ContactPoint", "InfluencerId"), ("ContactPoint", "OutletId"), ("Relationship", "InfluencerId"), ("Presence", "InfluencerId"), ("Affiliation", "InfluencerId")];

    /// <summary>The value in an array, an empty array for none; null where the member cannot hold the property's.</summary>
    private static object[]? Default(object? value, Type type) =>
        value is null ? (type.IsValueType && Nullable.GetUnderlyingType(type) is null ? null : [])
        : (Nullable.GetUnderlyingType(type) ?? type).IsInstanceOfType(value) ? [value]
        : null;
}
