using System.Buffers.Text;
using System.Text.Json;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>The place where a page ended, as text for <c>$skiptoken</c>: the last row's sort keys as JSON in base64url (RFC 4648 §5).</summary>
internal static class SkipToken
{
    private const int Longest = 8000;

    public static string Of(IEnumerable<object?> place) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(place.Select(v => v is Enum e ? e.ToString() : v)));

    /// <exception cref="Malformed">The token is not one that this API gave out for a query with this order.</exception>
    public static IReadOnlyList<object?> Read(string token, Ordering order)
    {
        try
        {
            if (token.Length is 0 or > Longest)
            {
                throw Bad();
            }

            var values = JsonSerializer.Deserialize<JsonElement[]>(Base64Url.DecodeFromChars(token))!;
            if (values.Length != order.Keys.Count)
            {
                throw Bad();
            }

            return [.. order.Keys.Select((key, i) => Read(values[i], key))];
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException or NotSupportedException or OverflowException or ArgumentException)
        {
            throw Bad();
        }
    }

    private static object? Read(JsonElement value, SortKey key)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return key.MayBeNull ? null : throw Bad();
        }

        var type = Nullable.GetUnderlyingType(key.Type) ?? key.Type;
        if (type.IsEnum || type == typeof(string))
        {
            var text = value.GetString()!;
            return text.Contains('\0', StringComparison.Ordinal) ? throw Bad() : text;
        }

        var read = value.Deserialize(type);
        return read is DateTime time ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : read;
    }

    private static Malformed Bad() => new("badQuery", "$skiptoken is not one that a nextLink of this query held.");
}
