using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace InfluencerCrm.Api.OData.Batch;

/// <summary>The JSON form of a batch (OData JSON Format 4.01, 19).</summary>
internal static class JsonBatch
{
    /// <exception cref="Malformed">The body is no batch.</exception>
    public static IReadOnlyList<BatchUnit> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Units(body);
        }
        catch (InvalidOperationException)
        {
            throw BatchErrors.Bad("A name in the batch holds half of a surrogate pair, which is no character.");
        }
    }

    private static List<BatchUnit> Units(ReadOnlyMemory<byte> body)
    {
        using var document = Parsed(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("requests", out var requests) || requests.ValueKind != JsonValueKind.Array)
        {
            throw BatchErrors.Bad("A batch is an object with the array \"requests\".");
        }

        if (requests.GetArrayLength() > BatchLimits.MostParts)
        {
            throw new Malformed("batchTooLarge", $"A batch holds {BatchLimits.MostParts} requests at most; send several.");
        }

        var units = new List<BatchUnit>();
        foreach (var part in requests.EnumerateArray().Select(Part))
        {
            if (part.Group is not null && units.Count > 0 && units[^1].Group == part.Group)
            {
                units[^1] = units[^1] with { Parts = [.. units[^1].Parts, part] };
            }
            else
            {
                units.Add(new BatchUnit(part.Group, [part]));
            }
        }

        return units;
    }

    public static void Begin(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("responses");
    }

    public static void Write(Utf8JsonWriter json, PartAnswer answer)
    {
        json.WriteStartObject();
        json.WriteString("id", answer.Part.Id);
        if (answer.Part.Group is { } group)
        {
            json.WriteString("atomicityGroup", group);
        }

        json.WriteNumber("status", answer.Status);
        json.WriteStartObject("headers");
        foreach (var (name, value) in answer.Headers)
        {
            json.WriteString(name.ToLowerInvariant(), value.ToString());
        }

        json.WriteEndObject();
        WriteBody(json, answer);
        json.WriteEndObject();
    }

    public static void End(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, PartAnswer answer)
    {
        if (answer.Body.IsEmpty)
        {
            return;
        }

        json.WritePropertyName("body");
        switch (KindOf(answer.Headers.ContentType))
        {
            case BodyKind.Json:
                json.WriteRawValue(answer.Body.Span, skipInputValidation: true);
                break;
            case BodyKind.Text:
                json.WriteStringValue(answer.Body.Span);
                break;
            default:
                json.WriteStringValue(Base64Url.EncodeToString(answer.Body.Span));
                break;
        }
    }

    private static JsonDocument Parsed(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 40, AllowDuplicateProperties = false });
        }
        catch (JsonException exception)
        {
            throw BatchErrors.Bad($"The batch is no valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}).");
        }
    }

    private static BatchPart Part(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object)
        {
            throw BatchErrors.Bad("Each of \"requests\" is an object.");
        }

        string? id = null, method = null, url = null, group = null;
        var headers = new HeaderDictionary();
        IReadOnlyList<string> dependsOn = [];
        JsonElement? body = null;
        foreach (var member in request.EnumerateObject())
        {
            switch (member.Name)
            {
                case "id": id = Text(member.Value, "id", id); break;
                case "method": method = Text(member.Value, "method", id).ToUpperInvariant(); break;
                case "url": url = Text(member.Value, "url", id); break;
                case "atomicityGroup": group = Text(member.Value, "atomicityGroup", id); break;
                case "headers": Headers(member.Value, headers, id); break;
                case "dependsOn": dependsOn = Names(member.Value, id); break;
                case "body": body = member.Value; break;
                case "if": throw BatchErrors.Bad("\"if\" is not supported; use dependsOn.", id);
                default: throw BatchErrors.Bad($"\"{member.Name}\" is no member of a request in a batch.", id);
            }
        }

        return id is null || method is null || url is null
            ? throw BatchErrors.Bad("Each request has an id, a method and a url.", id)
            : new BatchPart(id, method, url, headers, Body(body, headers, id), group, dependsOn);
    }

    private static string Text(JsonElement value, string member, string? id) =>
        value.ValueKind == JsonValueKind.String && Read(value) is { Length: > 0 } text ? text : throw BatchErrors.Bad($"{member} is a text.", id);

    // A lone surrogate is valid JSON and no text.
    private static string? Read(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void Headers(JsonElement value, HeaderDictionary headers, string? id)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw BatchErrors.Bad("headers is an object.", id);
        }

        foreach (var header in value.EnumerateObject())
        {
            BatchHeaders.Add(headers, header.Name, Plain(header.Value) ?? Text(header.Value, header.Name, id), id);
        }
    }

    // Clients write "Content-Length": 12 as they have it.
    private static string? Plain(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? value.GetRawText() : null;

    private static string[] Names(JsonElement value, string? id) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(v => Text(v, "dependsOn", id))]
        : throw BatchErrors.Bad("dependsOn is an array of ids.", id);

    private static ReadOnlyMemory<byte> Body(JsonElement? body, IHeaderDictionary headers, string? id)
    {
        if (body is not { } value || value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return default;
        }

        if (headers.ContentType.Count == 0)
        {
            headers.ContentType = "application/json";
        }

        var kind = KindOf(headers.ContentType);
        if (kind == BodyKind.Json)
        {
            return JsonMarshal.GetRawUtf8Value(value).ToArray();
        }

        var text = Text(value, "body", id);
        if (kind == BodyKind.Text)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            throw BatchErrors.Bad("A body that is neither JSON nor text is sent as base64url.", id);
        }
    }

    private enum BodyKind
    {
        Json,
        Text,
        Bytes,
    }

    private static BodyKind KindOf(string? contentType) =>
        !MediaTypeHeaderValue.TryParse(contentType, out var type) ? BodyKind.Bytes
        : type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase) ? BodyKind.Json
        : type.Type.Equals("text", StringComparison.OrdinalIgnoreCase) ? BodyKind.Text
        : BodyKind.Bytes;
}
