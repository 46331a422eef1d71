using System.Text.Json;
using System.Text.Json.Serialization;

namespace InfluencerCrm.Core.Data;

/// <summary>One text in several languages: members are named by BCP 47 language (<c>{"en":"Solar power","fr":"Énergie solaire"}</c>).</summary>
[JsonConverter(typeof(LocalizedTextConverter))]
public sealed class LocalizedText
{
    /// <summary>Text by language; values are strings. The open members of the OData type.</summary>
    public IDictionary<string, object> Values { get; init; } = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);

    public string? this[string language] => Values.TryGetValue(language, out var text) ? text as string : null;

    public static LocalizedText Of(params (string Language, string Text)[] texts)
    {
        var result = new LocalizedText();
        foreach (var (language, text) in texts)
        {
            result.Values[language] = text;
        }

        return result;
    }
}

/// <summary>Words in several languages: <c>{"en":["solar","PV"],"fr":["solaire"]}</c>.</summary>
[JsonConverter(typeof(LocalizedWordsConverter))]
public sealed class LocalizedWords
{
    /// <summary>Words by language; values are lists of strings. The open members of the OData type.</summary>
    public IDictionary<string, object> Values { get; init; } = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> this[string language] =>
        Values.TryGetValue(language, out var words) && words is IEnumerable<string> list ? [.. list] : [];

    public static LocalizedWords Of(params (string Language, string[] Words)[] words)
    {
        var result = new LocalizedWords();
        foreach (var (language, list) in words)
        {
            result.Values[language] = list.ToList();
        }

        return result;
    }
}

internal sealed class LocalizedTextConverter : JsonConverter<LocalizedText>
{
    public override LocalizedText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = new LocalizedText();
        foreach (var (language, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options)!)
        {
            text.Values[language] = value;
        }

        return text;
    }

    public override void Write(Utf8JsonWriter writer, LocalizedText value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Values.ToDictionary(v => v.Key, v => (string)v.Value), options);
}

internal sealed class LocalizedWordsConverter : JsonConverter<LocalizedWords>
{
    public override LocalizedWords Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var words = new LocalizedWords();
        foreach (var (language, value) in JsonSerializer.Deserialize<Dictionary<string, List<string>>>(ref reader, options)!)
        {
            words.Values[language] = value;
        }

        return words;
    }

    public override void Write(Utf8JsonWriter writer, LocalizedWords value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Values.ToDictionary(v => v.Key, v => (IEnumerable<string>)v.Value), options);
}
