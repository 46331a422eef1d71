using System.Text.RegularExpressions;

namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary>Every address outside OData, with ids, queries and bodies that it does not take.</summary>
internal sealed partial class EndpointCase(OpenApiPaths paths) : FuzzCase
{
    private static readonly string[] Bodies = ["", "{", "[]", "null", "1", "\"x\"", "{\"nope\":1}", "{\"text\":null,\"nope\":1}", "{\"text\":[],\"nope\":1}", "{\"email\":1,\"password\":[]}", "{\"email\":\"\\u0000\",\"password\":\"x\"}", "{\"scope\":\"nope\",\"id\":\"x\"}", "{\"top\":99999999999}", "{\"topicIds\":\"x\",\"kinds\":[1],\"nope\":1}", "\0", "<x/>", "{\"confirm\":{}}", "{\"displayName\":[]}"];
    private static readonly string[] Queries = ["", "", "", "?", "?x=y", "?$filter=nope", "?$filter=id in (1,2", "?$filter=displayName eq '%00'", "?$search=((", "?$orderby=nope", "?$top=-1", "?format=nope", "?format=csv&format=xlsx", "?format=xlsx&$filter=id eq -1", "?$select=nope", "?%00=%00", "?columns=nope", "?columns=id,id,id", "?columns=%00", "?language=xx", "?since=x", "?token=x", "?%zz"];

    public override int Weight => 8;

    public override FuzzRequest Make(Dice dice)
    {
        var (method, template) = dice.Pick(paths.All);
        var reads = method == "GET";
        var path = Hole().Replace(template, _ => dice.Pick(reads && dice.Chance(30) ? ["1", "2"] : HostileWords.Keys.Where(k => k is not ("1" or "2" or "3") && !k.Contains('?', StringComparison.Ordinal)).ToList()));
        var target = path + dice.Pick(Queries).Replace(" ", "%20", StringComparison.Ordinal);
        if (method == "GET")
        {
            // The archive holds the whole database: once in a while is enough.
            return new FuzzRequest("GET", dice.Chance(90) ? target : Mutator.Splintered(dice, target)) { AsReader = path.Contains("archive", StringComparison.Ordinal) && dice.Chance(80) }.With("Accept", dice.Pick("*/*", "application/json", "text/event-stream", "x", "text/csv"));
        }

        var request = new FuzzRequest(method, target) { AsReader = dice.Chance(30) };
        return dice.Chance(80)
            ? request.WithJson(dice.Pick(Bodies))
            : (request with { Body = System.Text.Encoding.UTF8.GetBytes(dice.Pick(Bodies)) }).With("Content-Type", dice.Pick("text/plain", "message/rfc822", "application/zip", "multipart/form-data", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "x"));
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.CultureInvariant)]
    private static partial Regex Hole();
}
