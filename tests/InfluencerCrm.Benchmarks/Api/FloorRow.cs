using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>How a column becomes JSON.</summary>
internal enum Form
{
    Text,
    Integer,
    Number,
    Truth,
    Member,
    Time,
    List,
    Key,

    /// <summary>The version as <c>@odata.etag</c>.</summary>
    Tag,
}

/// <summary>The columns of one statement, in its order, and how each is written; names are encoded once.</summary>
internal sealed class FloorRow(string context, params (string Name, Form Form)[] columns)
{
    private static readonly ConcurrentDictionary<string, JsonEncodedText> Members = new(StringComparer.Ordinal);

    private readonly (JsonEncodedText Name, Form Form)[] _columns = [.. columns.Select(c => (JsonEncodedText.Encode(c.Name), c.Form))];

    public JsonEncodedText Context { get; } = JsonEncodedText.Encode(context);

    public void Write(Utf8JsonWriter json, SqliteDataReader row)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            var (name, form) = _columns[i];
            if (row.IsDBNull(i))
            {
                json.WriteNull(name);
                continue;
            }

            switch (form)
            {
                case Form.Text: json.WriteString(name, row.GetString(i)); break;
                case Form.Integer: json.WriteNumber(name, row.GetInt64(i)); break;
                case Form.Number: json.WriteNumber(name, row.GetDouble(i)); break;
                case Form.Truth: json.WriteBoolean(name, row.GetInt64(i) != 0); break;
                case Form.Member: json.WriteString(name, Members.GetOrAdd(row.GetString(i), static m => JsonEncodedText.Encode(char.ToLowerInvariant(m[0]) + m[1..]))); break;
                case Form.Time: WriteTime(json, name, row.GetString(i)); break;
                case Form.List: json.WritePropertyName(name); json.WriteRawValue(row.GetString(i), skipInputValidation: true); break;
                case Form.Key: WriteKey(json, name, row.GetString(i)); break;
                case Form.Tag: WriteTag(json, name, row.GetString(i)); break;
            }
        }
    }

    // 2026-06-30 12:00:00.123456 is stored; a T and a Z make it what the API shows.
    private static void WriteTime(Utf8JsonWriter json, JsonEncodedText name, string stored)
    {
        Span<char> shown = stackalloc char[32];
        stored.CopyTo(shown);
        shown[10] = 'T';
        shown[stored.Length] = 'Z';
        json.WriteString(name, shown[..(stored.Length + 1)]);
    }

    private static void WriteKey(Utf8JsonWriter json, JsonEncodedText name, string stored)
    {
        Span<byte> shown = stackalloc byte[36];
        Ascii.ToLower(stored, shown, out _);
        json.WriteString(name, shown);
    }

    private static void WriteTag(Utf8JsonWriter json, JsonEncodedText name, string stored)
    {
        Span<byte> key = stackalloc byte[36];
        Ascii.ToLower(stored, key, out _);
        Span<char> tag = stackalloc char[52];
        "W/\"".CopyTo(tag);
        Convert.TryToBase64Chars(key, tag[3..], out var length);
        tag[3 + length] = '"';
        json.WriteString(name, tag[..(length + 4)]);
    }
}
