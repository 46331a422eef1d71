using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using InfluencerCrm.Api.Limits;
using InfluencerCrm.Api.Team;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.OData;

/// <summary>
/// Reads request bodies into records that are not in the EDM, so that errors name the member: <c>@odata.*</c> members are ignored,
/// <c>x@odata.bind</c> sets a single link, read-only members of the entity are ignored (clients send back what they read), others are refused.
/// </summary>
internal static class RequestBody
{
    /// <summary>How bodies and answers outside the EDM are written: camelCase, enums as camelCase text.</summary>
    public static JsonSerializerOptions Json { get; } = Options();

    /// <exception cref="Malformed">The body is no JSON object, or a member is unknown or of the wrong type.</exception>
    public static async Task<TChanges> ReadAsync<TChanges>(HttpRequest request, IEdmEntityType? entity, CancellationToken ct) =>
        (TChanges)Read(await ParseAsync(request, ct), typeof(TChanges), entity);

    /// <summary>A new row with the rows that were sent inside it.</summary>
    /// <exception cref="Malformed">As above; the target says in which row.</exception>
    public static async Task<(TChanges Changes, IReadOnlyList<InlineRow> Rows)> ReadNewAsync<TChanges>(HttpRequest request, IEdmEntityType entity, CancellationToken ct)
    {
        var body = await ParseAsync(request, ct);
        var rows = InlineRow.Take(body, entity);
        return ((TChanges)Read(body, typeof(TChanges), entity), rows);
    }

    internal static object Read(JsonObject body, Type changes, IEdmEntityType? entity)
    {
        if (entity is not null)
        {
            Tidy(body, changes, entity);
        }

        RefuseNul(body);
        RefuseMissing(body, changes);
        try
        {
            return body.Deserialize(changes, Json) ?? throw new Malformed("emptyBody", "A JSON object is expected.");
        }
        catch (JsonException exception)
        {
            throw Explained(exception);
        }
    }

    private static async Task<JsonObject> ParseAsync(HttpRequest request, CancellationToken ct)
    {
        Limit(request);
        if (!request.HasJsonContentType())
        {
            if (request.ContentLength is null or 0)
            {
                return Nothing(request);
            }

            throw new UnsupportedMediaType("Send application/json.");
        }

        try
        {
            return await JsonNode.ParseAsync(request.Body, new JsonNodeOptions(), new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false }, ct) switch
            {
                JsonObject body => Whole(body),
                _ => throw new Malformed("notAnObject", "A JSON object is expected."),
            };
        }
        catch (JsonException exception)
        {
            if (request.ContentLength == 0 || exception is { LineNumber: 0, BytePositionInLine: 0 } && request.ContentLength is null)
            {
                return Nothing(request);
            }

            throw new Malformed("badJson", $"The body is no valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}).");
        }
        catch (InvalidOperationException)
        {
            throw new Malformed("badJson", "A name or text in the body holds half of a surrogate pair, which is no character.");
        }
    }

    // An action, a PATCH or a POST that sends nothing sets nothing; a PUT would clear the row.
    private static JsonObject Nothing(HttpRequest request) => !HttpMethods.IsPut(request.Method) ? []
        : throw new RuleViolation("required", "PUT replaces the whole row: send it as a JSON object.");

    // Such a half is found only when its text is read, which otherwise happens anywhere.
    private static JsonObject Whole(JsonObject body)
    {
        Read(body);
        return body;

        static void Read(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject members:
                    foreach (var (_, value) in members)
                    {
                        Read(value);
                    }

                    break;
                case JsonArray items:
                    foreach (var item in items)
                    {
                        Read(item);
                    }

                    break;
                case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                    _ = value.GetValue<string>();
                    break;
            }
        }
    }

    /// <summary>Holds the body to what is taken where no file is.</summary>
    /// <exception cref="TooLarge">It says itself that it is larger.</exception>
    public static void Limit(HttpRequest request)
    {
        var largest = request.HttpContext.RequestServices.GetRequiredService<IOptions<LimitsOptions>>().Value.BodyBytes;
        BodySize.Allow(request.HttpContext, largest);

        // The server's own limit knows nothing of the requests inside a batch.
        if (request.ContentLength > largest)
        {
            throw new TooLarge($"The body is larger than the {largest / 1024} KB taken here (Limits__BodyBytes).");
        }
    }

    private static void Tidy(JsonObject body, Type changes, IEdmEntityType entity)
    {
        var writable = changes.GetProperties().Select(p => Words.Camel(p.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in body.ToList())
        {
            if (name.EndsWith("@odata.bind", StringComparison.Ordinal) || name.EndsWith("@bind", StringComparison.Ordinal))
            {
                body.Remove(name);
                var link = name[..name.IndexOf('@', StringComparison.Ordinal)];
                if (!writable.Contains(link + "Id"))
                {
                    throw new Malformed("unknownMember", $"{link} is no single link that can be bound.", link);
                }

                body[link + "Id"] = KeyOf(value, link);
            }
            else if (name.Contains('@', StringComparison.Ordinal))
            {
                body.Remove(name);
            }
            else if (!writable.Contains(name))
            {
                if (entity.FindProperty(name) is IEdmStructuralProperty)
                {
                    body.Remove(name);
                    continue;
                }

                throw new Malformed("unknownMember", $"{name} is no member of {entity.Name} that can be written.", name);
            }
            else
            {
                DropAnnotations(value);
            }
        }
    }

    // A text in several languages is read with the type of each of its members.
    private static void DropAnnotations(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                DropAnnotations(item);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (name.Contains('@', StringComparison.Ordinal))
                {
                    members.Remove(name);
                }

                DropAnnotations(value);
            }
        }
    }

    private static JsonValue? KeyOf(JsonNode? value, string link)
    {
        if (value is null)
        {
            return null;
        }

        var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : "";
        var key = text.EndsWith(')') ? text[(text.LastIndexOf('(') + 1)..^1] : text[(text.LastIndexOf('/') + 1)..];
        return int.TryParse(key, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id)
            ? JsonValue.Create(id)
            : throw new Malformed("badLink", $"{link} must be bound to a resource such as clients(3).", link);
    }

    private static void RefuseNul(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, value) in members)
                {
                    RefuseNul(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    RefuseNul(item);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Contains('\0', StringComparison.Ordinal):
                throw new Malformed("nulCharacter", "Texts must not hold U+0000.", value.GetPath().TrimStart('$', '.'));
        }
    }

    // The serializer's own error says neither which member it was nor where.
    private static void RefuseMissing(JsonObject body, Type changes)
    {
        if (Json.GetTypeInfo(changes).Properties.FirstOrDefault(p => p.IsRequired && !body.Any(m => string.Equals(m.Key, p.Name, StringComparison.OrdinalIgnoreCase))) is { } missing)
        {
            throw new Malformed("required", $"{missing.Name} must be given.", missing.Name);
        }
    }

    private static Malformed Explained(JsonException exception)
    {
        var target = exception.Path?.TrimStart('$', '.');
        if (exception.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
        {
            return new Malformed("unknownMember", $"{target} is no member that can be written here.", target);
        }

        return new Malformed("wrongType", $"{(string.IsNullOrEmpty(target) ? "The body" : target)} has a value of the wrong type, or one that is not allowed.", target);
    }

    private static JsonSerializerOptions Options() => new(JsonSerializerDefaults.Web)
    {
        // Asked of types before anything was read: without it that would fail until the first body was.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new KeyScopesJson(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };
}

/// <summary>The body is of a kind this endpoint does not read (415).</summary>
public sealed class UnsupportedMediaType(string message) : CrmError("unsupportedMediaType", message);
