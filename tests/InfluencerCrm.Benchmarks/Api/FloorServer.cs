using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>
/// What the product is held against: one endpoint a question, SQL written by hand over the product's schema and indexes, a prepared
/// command of an open connection, and a Utf8JsonWriter on the response. No OData, no EF, no key, no walls; the same rows and values.
/// </summary>
internal static class FloorServer
{
    public const string Name = "floor";

    private static readonly JsonEncodedText Context = JsonEncodedText.Encode("@odata.context");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Interactions = JsonEncodedText.Encode("interactions");

    public static WebApplication Build(string file)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        var pool = new FloorPool(file);
        var apply = pool.Fastest(FloorSql.Apply);

        app.MapGet("/by-key", (int id, HttpContext http) => pool.Answer(http, (db, json) => One(db, json, FloorSql.ByKey, FloorRows.Person, id)));
        app.MapGet("/filter", (string country, string kind, HttpContext http) => pool.Answer(http, (db, json) => Many(db, json, FloorSql.Filter, FloorRows.Person, country, kind)));
        app.MapGet("/topic", (int topic, HttpContext http) => pool.Answer(http, (db, json) => Many(db, json, FloorSql.Topic, FloorRows.Person, topic)));
        app.MapGet("/targeting", (int topic, string language, string country, string since, HttpContext http) =>
            pool.Answer(http, (db, json) => Many(db, json, FloorSql.Targeting, FloorRows.PersonShort, topic, language, country, since)));
        app.MapGet("/count", (string country, string kind, HttpContext http) => pool.Text(http, db => db.Single(FloorSql.Count, country, kind)));
        app.MapGet("/bio", (string word, HttpContext http) => pool.Answer(http, (db, json) => Many(db, json, FloorSql.Bio, FloorRows.Person, word)));
        app.MapGet("/search", (string one, string two, HttpContext http) => pool.Answer(http, (db, json) => Many(db, json, FloorSql.Search, FloorRows.Person, one, two)));
        app.MapGet("/apply", (HttpContext http) => pool.Answer(http, (db, json) => Many(db, json, apply, FloorRows.Country)));
        app.MapGet("/select", (int after, HttpContext http) => pool.Answer(http, (db, json) => Many(db, json, FloorSql.Select, FloorRows.PersonFive, after)));
        app.MapGet("/expand-one", (int id, HttpContext http) => pool.Answer(http, (db, json) => Expanded(db, json, id)));
        app.MapGet("/expand-page", (string country, string kind, HttpContext http) => pool.Answer(http, (db, json) => ExpandedPage(db, json, country, kind)));
        app.MapGet("/skip", (int skip, HttpContext http) => pool.Answer(http, (db, json) => Many(db, json, FloorSql.Skip, FloorRows.Person, skip)));
        return app;
    }

    private static void One(FloorConnection db, Utf8JsonWriter json, string sql, FloorRow row, params ReadOnlySpan<object> values)
    {
        using var reader = db.Read(sql, values);
        reader.Read();
        json.WriteStartObject();
        json.WriteString(Context, row.Context);
        row.Write(json, reader);
        json.WriteEndObject();
    }

    private static void Many(FloorConnection db, Utf8JsonWriter json, string sql, FloorRow row, params ReadOnlySpan<object> values)
    {
        using var reader = db.Read(sql, values);
        Begin(json, row);
        while (reader.Read())
        {
            json.WriteStartObject();
            row.Write(json, reader);
            json.WriteEndObject();
        }

        End(json);
    }

    private static void Expanded(FloorConnection db, Utf8JsonWriter json, int id)
    {
        using (var reader = db.Read(FloorSql.ByKey, id))
        {
            reader.Read();
            json.WriteStartObject();
            json.WriteString(Context, FloorRows.Person.Context);
            FloorRows.Person.Write(json, reader);
        }

        Children(db, json, FloorSql.NewestTwenty, FloorRows.Interaction, id);
        json.WriteEndObject();
    }

    private static void ExpandedPage(FloorConnection db, Utf8JsonWriter json, string country, string kind)
    {
        using var reader = db.Read(FloorSql.FilterShort, country, kind);
        Begin(json, FloorRows.PersonNamed);
        while (reader.Read())
        {
            json.WriteStartObject();
            FloorRows.PersonNamed.Write(json, reader);
            Children(db, json, FloorSql.NewestFive, FloorRows.InteractionFive, reader.GetInt32(1));
            json.WriteEndObject();
        }

        End(json);
    }

    private static void Children(FloorConnection db, Utf8JsonWriter json, string sql, FloorRow row, int id)
    {
        using var reader = db.Read(sql, id);
        json.WriteStartArray(Interactions);
        while (reader.Read())
        {
            json.WriteStartObject();
            row.Write(json, reader);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Begin(Utf8JsonWriter json, FloorRow row)
    {
        json.WriteStartObject();
        json.WriteString(Context, row.Context);
        json.WriteStartArray(Value);
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
