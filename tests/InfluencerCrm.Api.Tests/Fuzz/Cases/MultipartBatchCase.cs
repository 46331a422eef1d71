using System.Text;

namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary>Batches in multipart: boundaries that do not fit, change sets in change sets, heads without an end.</summary>
internal sealed class MultipartBatchCase : FuzzCase
{
    public override int Weight => 4;

    public override FuzzRequest Make(Dice dice)
    {
        var grammar = new Grammar(dice);
        var boundary = dice.Chance(85) ? "b" : dice.Pick("", "c", "\"b\"", "--b", new string('b', 300), "b b", "é");
        var body = string.Concat(Enumerable.Range(0, dice.Next(5)).Select(_ => Part(dice, grammar, "b", 2))) + dice.Pick("--b--\r\n", "--b--\r\n", "--b--\r\n", "--b\r\n", "", "--b", "--b----b--");
        var request = new FuzzRequest("POST", "/odata/$batch").With("Content-Type", dice.Chance(90) ? $"multipart/mixed; boundary={boundary}" : dice.Pick("multipart/mixed", "multipart/mixed; boundary", "multipart/form-data; boundary=b", "multipart/mixed; boundary=b; boundary=c", "multipart/*; boundary=b"));
        var bytes = Encoding.UTF8.GetBytes(body);
        return request with { Body = dice.Chance(85) || bytes.Length == 0 ? bytes : Mutator.Bytes(dice, bytes) };
    }

    private static string Part(Dice dice, Grammar grammar, string boundary, int depth)
    {
        if (depth > 0 && dice.Chance(20))
        {
            var inner = dice.Pick("cs", boundary, "x");
            return $"--{boundary}\r\nContent-Type: multipart/mixed; boundary={inner}\r\n\r\n{string.Concat(Enumerable.Range(0, dice.Next(3)).Select(_ => Part(dice, grammar, inner, depth - 1)))}--{inner}--\r\n";
        }

        var set = grammar.Set();
        var line = dice.One(
            () => $"GET {set.Name}?$filter={Uri.EscapeDataString(grammar.Condition(set.EntityType, ""))} HTTP/1.1",
            () => $"GET /odata/{set.Name}({grammar.Key()}) HTTP/1.1",
            () => $"POST /odata/{set.Name} HTTP/1.1",
            () => dice.Pick("GET", "GET ", "GET  HTTP/1.1", "", "\0", "POST $batch HTTP/1.1", "GET /api/session HTTP/1.1", "GET http://evil.example/ HTTP/1.1", "TRACE influencers HTTP/1.1", "GET influencers", "GET influencers HTTP/9.9", "GET influencers(1) HTTP/1.1 x", "PATCH $1 HTTP/1.1", new string('x', 9000)));
        var head = dice.Pick("Accept: application/json", "Content-Type: application/json", "X-Api-Key: x", "NoColon", ": x", "A: " + new string('x', 9000), "Host: evil", "Content-Length: 99999", "Content-Length: -1", "If-Match: *");
        return $"--{boundary}\r\nContent-Type: {dice.Pick("application/http", "application/http", "application/http", "text/plain", "", "application/http; msgtype=response")}\r\n{dice.Pick("Content-Transfer-Encoding: binary\r\n", "Content-ID: 1\r\n", "Content-ID: \r\n", "", "x\r\n")}\r\n{line}\r\n{head}\r\n\r\n{dice.Pick("", "{\"nope\":1}", "{")}\r\n";
    }
}
