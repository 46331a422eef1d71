using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Archives;

/// <summary>Values of rows as JSON, the same whatever database they come from.</summary>
internal static class ArchiveJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new UtcTime(), new PlainDecimal() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
    };

    public static void Write(Utf8JsonWriter json, object value) => JsonSerializer.Serialize(json, value, value.GetType(), Options);

    /// <returns>The value as the model has it; a <see cref="JsonException"/> where it is none.</returns>
    public static object? Read(ref Utf8JsonReader json, IProperty property)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return property.IsNullable ? null : throw new JsonException("it must have a value");
        }

        return JsonSerializer.Deserialize(ref json, property.ClrType, Options);
    }

    /// <summary>Why a value could not be read; the reader's own words name types of the framework.</summary>
    public static string Reason(Exception exception) =>
        exception.Message.Contains("System.", StringComparison.Ordinal) ? "a value of the wrong type" : exception.Message.Split('\n')[0].Trim();

    public static Malformed BadRow(string table, long line, string why) => new("archiveBadRow", $"{table}, row {line}: {why}. Nothing was taken in.", table);

    private sealed class UtcTime : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var time = reader.GetDateTime();
            return time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);
        }

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(DateTime.SpecifyKind(value, DateTimeKind.Utc));
    }

    /// <summary>Databases keep zeros at the end or do not.</summary>
    private sealed class PlainDecimal : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteRawValue(value.ToString("0.############################", CultureInfo.InvariantCulture));
    }
}
