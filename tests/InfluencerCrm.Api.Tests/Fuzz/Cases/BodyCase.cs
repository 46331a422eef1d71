using System.Text;
using System.Text.Json;
using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary>Bodies of rows with wrong types, unknown members and broken JSON, to every set and contained collection. One member of each is none that can be taken.</summary>
internal sealed class BodyCase : FuzzCase
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1.5", "1e400", "99999999999999999999", "\"\"", "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "[]", "{}", "[[]]", "[null]", "[1,\"x\",{}]", "{\"a\":{\"b\":[]}}", "{\"$ref\":\"#\"}", "{\"@odata.id\":\"clients(1)\"}", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999+14:00\"", "\"2026-02-30\"", "\"1\"", "\"NaN\"", "-0", "\"é\"",
    ];

    public override int Weight => 16;

    public override FuzzRequest Make(Dice dice)
    {
        var grammar = new Grammar(dice);
        var set = grammar.Set();
        var type = set.EntityType;
        var target = $"/odata/{set.Name}";
        var method = dice.Pick("POST", "PATCH", "PUT");
        target += method == "POST" ? "" : $"({grammar.Key()})";
        if (dice.Chance(25) && grammar.Navigation(type) is { } navigation)
        {
            target = $"/odata/{set.Name}({grammar.Key()})/{navigation.Name}{(method == "POST" ? "" : $"({grammar.Key()})")}{(dice.Chance(15) ? "/$ref" : "")}";
            type = navigation.ToEntityType();
        }

        var members = Enumerable.Range(0, dice.Next(6)).Select(_ => Member(dice, grammar, type)).ToList();
        members.Insert(dice.Next(members.Count + 1), dice.Pick("\"nope\":1", "\"nope\":null", "\"__proto__\":{}", "\"\\ud800\":1", "\"Id \":1", "\"nope@odata.bind\":\"x(1)\"", "\"\":1"));
        var body = Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}");
        if (dice.Chance(20))
        {
            body = dice.Pick("", "{", "[", "]", "null", "1", "\"x\"", "[{}]", "{}{}", "{\"a\":1,\"a\":2}", "{'a':1}", "{a:1}", "{\"a\":1,}", "// x\n{}", "\uFEFF{\"nope\":1}", "NaN", "tru", "{\"a\":\"\\x\"}", "{\"a\":01}", "<x/>", "a=b", "{\"nope\":\"\0\"}").Select(c => (byte)c).ToArray();
            body = body.Length is 0 && method == "POST" ? "{\"nope\":1}"u8.ToArray() : body;
        }

        return Sent(dice, new FuzzRequest(method, target), body);
    }

    private static FuzzRequest Sent(Dice dice, FuzzRequest request, byte[] body)
    {
        request = request.With("If-Match", dice.Chance(80) ? "*" : dice.Pick("", "x", "W/\"x\""));
        request = dice.Chance(95) ? request.With("Content-Type", "application/json") : request.With("Content-Type", dice.Pick("text/plain", "application/json; charset=utf-16", "application/xml"));
        request = dice.Chance(10) ? request.With("Idempotency-Key", $"fuzz-{dice.Next(1000)}") : request;
        request = dice.Chance(10) ? request.With("Prefer", "return=minimal") : request;

        // A byte changed in the middle may make the unknown member a comment or a text, but never a known one.
        return request with { Body = dice.Chance(90) ? body : [.. body, .. dice.Bytes(4), (byte)'{'] };
    }

    private static string Member(Dice dice, Grammar grammar, IEdmEntityType type) => dice.One(
        () => $"{JsonSerializer.Serialize(grammar.Property(type))}:{dice.Pick(Values)}",
        () => $"{JsonSerializer.Serialize(grammar.Property(type))}:{JsonSerializer.Serialize(dice.Pick(HostileWords.Texts))}",
        () => $"{JsonSerializer.Serialize(grammar.Navigation(type)?.Name ?? "x")}:{dice.Pick(Values)}",
        () => $"{JsonSerializer.Serialize(grammar.Navigation(type)?.Name ?? "x")}:[{{{string.Join(',', Enumerable.Range(0, dice.Next(3)).Select(_ => $"{JsonSerializer.Serialize(grammar.Property(grammar.Navigation(type)?.ToEntityType() ?? type))}:{dice.Pick(Values)}"))}}}]",
        () => $"\"{grammar.Navigation(type)?.Name ?? "x"}@odata.bind\":{dice.Pick("\"clients(1)\"", "\"x\"", "1", "null", "[\"topics(1)\"]", "\"topics(99999999999999999999)\"", "\"\"", "\")\"", "\"(\"")}",
        () => $"\"@odata.{dice.Pick("etag", "id", "type", "context", "nope")}\":{dice.Pick(Values)}");
}
