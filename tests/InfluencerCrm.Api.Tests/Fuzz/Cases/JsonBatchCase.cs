using System.Text.Json;

namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary>Batches in JSON: batches in batches, circles, doubled ids, members of other types, many parts.</summary>
internal sealed class JsonBatchCase : FuzzCase
{
    public override int Weight => 5;

    public override FuzzRequest Make(Dice dice)
    {
        var grammar = new Grammar(dice);
        var parts = dice.Repeat(0, dice.Chance(95) ? 6 : 150, ",", () => dice.Chance(12) ? dice.Pick("null", "1", "\"x\"", "[]", "{}") : Part(dice, grammar));
        var body = dice.Next(12) switch
        {
            0 => dice.Pick("{}", "[]", "{\"requests\":{}}", "{\"requests\":null}", "{\"requests\":[", "{\"nope\":[]}", "{\"requests\":[],\"requests\":[]}", "", "null", "{\"requests\":\"x\"}"),
            1 => $"{{\"requests\":[{{\"id\":\"1\",\"method\":\"POST\",\"url\":\"$batch\",\"headers\":{{\"content-type\":\"application/json\"}},\"body\":{{\"requests\":[{parts}]}}}}]}}",
            _ => $"{{\"requests\":[{parts}]}}",
        };
        return new FuzzRequest("POST", dice.Pick("/odata/$batch", "/odata/$batch", "/odata/$batch?$format=json", "/odata/%24batch", "/odata/$BATCH")).WithJson(dice.Chance(90) ? body : Mutator.Splintered(dice, body));
    }

    private static string Part(Dice dice, Grammar grammar)
    {
        var set = grammar.Set();
        var url = dice.One(
            () => $"{set.Name}?$filter={grammar.Filter(set.EntityType, 2)}",
            () => $"/odata/{set.Name}({grammar.Key()})",
            () => $"http://evil.example/odata/{set.Name}",
            () => dice.Pick("$batch", "/odata/$batch", "../api/session", "/api/imports", "", "/", "http://", "//x", "\0", "%", "$1", "$1/topics", "influencers\r\nX: 1", "%2e%2e/api/session", "/odata/../api/archive", new string('x', 70_000)));
        var members = new List<string>
        {
            $"\"id\":{dice.Pick("\"1\"", "\"2\"", "\"3\"", "1", "null", "\"\"", "{}", "\"$1\"", "\"\\u0000\"")}",

            // Whatever may write names a set that nobody has.
            dice.Chance(80) ? $"\"method\":\"{dice.Pick("GET", "get", "HEAD", "OPTIONS", "TRACE", "x")}\"" : "\"method\":\"POST\",\"body\":{\"nope\":1}",
            $"\"url\":{JsonSerializer.Serialize(url)}",
        };
        if (dice.Chance(30))
        {
            members.Add($"\"dependsOn\":{dice.Pick("[\"1\"]", "[\"9\"]", "\"1\"", "[1]", "[[]]", "null", "[\"1\",\"1\"]")}");
        }

        if (dice.Chance(30))
        {
            members.Add($"\"atomicityGroup\":{dice.Pick("\"g\"", "\"h\"", "\"\"", "1", "null", "{}")}");
        }

        if (dice.Chance(30))
        {
            members.Add($"\"headers\":{dice.Pick("{}", "null", "[]", "{\"X-Api-Key\":\"x\"}", "{\"Accept\":1}", "{\"a b\":\"c\"}", "{\"Accept\":\"x\\r\\ny: z\"}", "{\"Content-Type\":\"text/plain\"}", "{\"OData-Version\":\"x\"}", "{\"If-Match\":\"\"}", "{\"\":\"\"}", "{\"Host\":\"evil\"}", "{\"Content-Length\":\"-1\"}")}");
        }

        if (dice.Chance(15))
        {
            members.Add(dice.Pick("\"if\":\"true\"", "\"nope\":1", "\"\\ud800\":1", "\"body\":\"\\ud800\"", "\"body\":\"x\"", "\"body\":[[[]]]", "\"id\":\"1\""));
        }

        return $"{{{string.Join(',', members)}}}";
    }
}
