using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Dossiers;

/// <summary>How a row of an entity is written for the person it is about: every member with a value, except bookkeeping, secrets and what is derived.</summary>
internal sealed class DossierRow
{
    private static readonly ConcurrentDictionary<IEntityType, DossierRow> Known = new();

    /// <summary>Forms of other members for searching and comparing, leases, and the secret of a mail's unsubscribe link.</summary>
    private static readonly string[] Left =
    [
        nameof(IRow.Version), nameof(Influencer.SearchText), nameof(ContactPoint.AddressKey), nameof(ContactPoint.UniqueAddressKey), nameof(Relationship.ClientKey),
        "AddressHash", "ClaimToken", "LeaseUntil", "Token", DossierParts.Owner,
    ];

    /// <summary>Texts that hold JSON already.</summary>
    private static readonly string[] Json = ["Changes", "Values"];

    private static readonly string[] Names = ["DisplayName", "Name", "Title", "Subject", "FileName"];

    private readonly List<(string Word, IProperty Property)> _members;

    private DossierRow(IEntityType entity)
    {
        _members = [.. entity.GetProperties()
            .Where(p => !p.IsShadowProperty() && !Left.Contains(p.Name) && !p.Name.EndsWith("Search", StringComparison.Ordinal) && !p.Name.StartsWith("Protected", StringComparison.Ordinal))
            .Select(p => (Words.Camel(p.Name), p))];
        References = [.. entity.GetForeignKeys()
            .Where(k => k.Properties.Count == 1 && typeof(IRow).IsAssignableFrom(k.PrincipalEntityType.ClrType) && k.PrincipalEntityType.ClrType != typeof(Influencer) && k.PrincipalEntityType.ClrType != typeof(User))
            .Select(k => (k.Properties[0], k.PrincipalEntityType))
            .DistinctBy(r => r.Item1)];
    }

    /// <summary>Members that name other rows; people and members of the team stay numbers.</summary>
    public IReadOnlyList<(IProperty Property, IEntityType Principal)> References { get; }

    public static DossierRow Of(IEntityType entity) => Known.GetOrAdd(entity, e => new DossierRow(e));

    /// <summary>The member that says in words what a row is.</summary>
    public static string? NameOf(IEntityType entity) => Array.Find(Names, n => entity.FindProperty(n)?.ClrType == typeof(string));

    public static long? KeyOf(IProperty property, object row) =>
        property.GetGetter().GetClrValue(row) is { } value ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;

    /// <param name="names">What the references are called; null where the row has no name.</param>
    public void Write(Utf8JsonWriter json, object row, IReadOnlyDictionary<(IEntityType Entity, long Key), string?> names)
    {
        json.WriteStartObject();
        foreach (var (word, property) in _members)
        {
            var value = property.GetGetter().GetClrValue(row);
            if (value is null or "" or System.Collections.ICollection { Count: 0 })
            {
                continue;
            }

            json.WritePropertyName(word);
            Write(json, property, value);
            if (References.FirstOrDefault(r => r.Property == property) is { Principal: { } principal } && names.GetValueOrDefault((principal, Convert.ToInt64(value, CultureInfo.InvariantCulture))) is { } name)
            {
                json.WriteString(word.EndsWith("Id", StringComparison.Ordinal) ? word[..^2] : $"{word}Name", name);
            }
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IProperty property, object value)
    {
        switch (value)
        {
            case string text when Json.Contains(property.Name) && IsJson(text):
                json.WriteRawValue(text);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case Enum word:
                json.WriteStringValue(Words.Camel(word.ToString()));
                break;
            case DateTime time:
                json.WriteStringValue(DateTime.SpecifyKind(time, DateTimeKind.Utc));
                break;
            default:
                JsonSerializer.Serialize(json, value, value.GetType());
                break;
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
