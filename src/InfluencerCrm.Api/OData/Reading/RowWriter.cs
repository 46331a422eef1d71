using System.Collections;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using InfluencerCrm.Core.Data;
using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>How much control information an answer carries (OData JSON Format 4.01 §3.1).</summary>
internal enum Metadata
{
    None,
    Minimal,
    Full,
}

/// <summary>Where an answer goes on: its next page, or the changes that come after it.</summary>
internal readonly record struct Links(string? Next, string? Delta);

/// <summary>
/// Writes rows as OData JSON straight from the values that the database answered. The library's serializer builds an object graph for
/// every row and takes more than half of a read's time; this takes a twentieth of it.
/// </summary>
internal sealed class RowWriter(Utf8JsonWriter json, string prefix, Metadata metadata, string root)
{
    private static readonly ConcurrentDictionary<Enum, JsonEncodedText> EnumNames = new();
    private static readonly ConcurrentDictionary<(string Prefix, string Name), JsonEncodedText> Controls = new();

    /// <summary>Above what the model has; clients name computed members as they like, and these must not stay for ever.</summary>
    private const int MostControls = 2000;

    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>True from version 4.01 on.</summary>
    public bool IsNewest => prefix.Length == 1;

    public void Rows(Level level, string path)
    {
        json.WriteStartArray();
        Each(level, path);
        json.WriteEndArray();
    }

    /// <summary>Where the answer goes on.</summary>
    public void Links(Links links)
    {
        if (links.Next is { } next)
        {
            json.WriteString(Control("", "nextLink"), next);
        }

        if (links.Delta is { } delta)
        {
            json.WriteString(Control("", "deltaLink"), delta);
        }
    }

    /// <summary>The rows, inside an array that is begun already.</summary>
    public void Each(Level level, string path)
    {
        foreach (var row in level.Rows)
        {
            json.WriteStartObject();
            Members(level, row, path);
            json.WriteEndObject();
        }
    }

    /// <summary>The members of one row, its ETag first; the object is begun already.</summary>
    /// <param name="path">The address of the rows' collection below the service root; a contained row is addressed through its owner.</param>
    public void Members(Level level, object?[] row, string path)
    {
        var shape = level.Shape;
        if (metadata != Metadata.None)
        {
            if (metadata == Metadata.Full)
            {
                json.WriteString(Control("", "type"), "#" + shape.Type.FullTypeName());
                json.WriteString(Control("", "id"), $"{root}{path}({row[shape.Key]})");
            }

            Span<char> tag = stackalloc char[64];
            json.WriteString(Control("", "etag"), EntityTags.Write((Guid)row[shape.Version]!, tag));
            if (metadata == Metadata.Full)
            {
                json.WriteString(Control("", "editLink"), $"{path}({row[shape.Key]})");
            }
        }

        foreach (var column in shape.Columns)
        {
            if (metadata == Metadata.Full && TypeName(column, row[column.Slot]) is { } type)
            {
                json.WriteString(Control(column.Text, "type"), type);
            }

            json.WritePropertyName(column.Name);
            Value(row[column.Slot]);
        }

        foreach (var expansion in shape.Expansions)
        {
            Inside(level, expansion, row, path);
        }

        if (metadata == Metadata.Full)
        {
            foreach (var navigation in shape.Type.NavigationProperties())
            {
                json.WriteString(Control(navigation.Name, "associationLink"), $"{root}{path}({row[shape.Key]})/{navigation.Name}/$ref");
                json.WriteString(Control(navigation.Name, "navigationLink"), $"{root}{path}({row[shape.Key]})/{navigation.Name}");
            }
        }
    }

    public JsonEncodedText Control(string member, string name)
    {
        var key = (member + prefix, name);
        return Controls.TryGetValue(key, out var known) ? known : Controls.Count < MostControls ? Controls.GetOrAdd(key, Encoded) : Encoded(key);

        static JsonEncodedText Encoded((string Prefix, string Name) key) => JsonEncodedText.Encode(key.Prefix + key.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
    }

    public void Value(object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case DateTime time: json.WriteStringValue(time); break;
            case double number: Number(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case Guid id: json.WriteStringValue(id); break;
            case Enum member: json.WriteStringValue(EnumNames.GetOrAdd(member, static m => JsonEncodedText.Encode(Words.Camel(m.ToString())))); break;
            case TimeOnly time: json.WriteStringValue(time.ToString("HH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture)); break;
            case DateTimeOffset time: json.WriteStringValue(time.UtcDateTime); break;
            case LocalizedText texts: Open(texts.Values); break;
            case LocalizedWords words: Open(words.Values); break;
            case byte[] bytes: json.WriteBase64StringValue(bytes); break;
            case IEnumerable list: List(list); break;
            case float number: Number(number); break;
            default: json.WriteStringValue(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)); break;
        }
    }

    private void Number(double number)
    {
        // JSON has no such numbers; OData writes them as texts (OData JSON Format §7.1).
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "INF" : "-INF");
        }
    }

    private void List(IEnumerable list)
    {
        json.WriteStartArray();
        foreach (var item in list)
        {
            Value(item);
        }

        json.WriteEndArray();
    }

    private void Open(IDictionary<string, object> values)
    {
        json.WriteStartObject();
        foreach (var (name, value) in values)
        {
            if (value is not string && metadata != Metadata.None)
            {
                json.WriteString(name + prefix + "type", IsNewest ? "Collection(String)" : "#Collection(String)");
            }

            json.WritePropertyName(name);
            Value(value);
        }

        json.WriteEndObject();
    }

    private void Inside(Level level, Expansion expansion, object?[] row, string path)
    {
        var related = level.Inside[expansion];
        var key = row[expansion.Slot] is { } value ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) : long.MinValue;
        if (related.Counts is { } counts)
        {
            json.WriteNumber(Control(expansion.Navigation.Name, "count"), counts.GetValueOrDefault(key));
        }

        if (expansion.Shape is null)
        {
            return;
        }

        var inner = expansion.Navigation.ContainsTarget ? $"{path}({row[level.Shape.Key]})/{expansion.Navigation.Name}" : SetOf(expansion.Navigation.ToEntityType());
        if (expansion.Many)
        {
            json.WritePropertyName(expansion.Name);
            json.WriteStartArray();
            foreach (var one in related.Rows[key])
            {
                json.WriteStartObject();
                Members(related.Level, one, inner);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            return;
        }

        json.WritePropertyName(expansion.Name);
        if (related.Rows[key].FirstOrDefault() is { } found)
        {
            json.WriteStartObject();
            Members(related.Level, found, inner);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }
    }

    internal static string SetOf(IEdmEntityType type) =>
        CrmEdm.Model.EntityContainer.EntitySets().FirstOrDefault(s => s.EntityType == type)?.Name ?? type.Name;

    // Types that a reader cannot tell from the JSON value.
    private static string? TypeName(Column column, object? value)
    {
        if (value is null || column.Type is null)
        {
            return null;
        }

        return column.Type.Definition switch
        {
            IEdmPrimitiveType { PrimitiveKind: EdmPrimitiveTypeKind.String or EdmPrimitiveTypeKind.Boolean or EdmPrimitiveTypeKind.Int32 or EdmPrimitiveTypeKind.Double } => null,
            IEdmPrimitiveType primitive => "#" + primitive.Name,
            IEdmCollectionType { ElementType: var element } => $"#Collection({(element.Definition as IEdmPrimitiveType)?.Name ?? element.FullName()})",
            var type => "#" + type.FullTypeName(),
        };
    }
}
