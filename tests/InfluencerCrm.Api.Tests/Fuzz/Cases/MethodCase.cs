namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary>Methods that nobody takes, and HEAD and OPTIONS everywhere. Writing ones are asked with a key that may not write.</summary>
internal sealed class MethodCase : FuzzCase
{
    private static readonly string[] Methods = ["HEAD", "HEAD", "OPTIONS", "OPTIONS", "TRACE", "MERGE", "PROPFIND", "LOCK", "SEARCH", "QUERY", "PURGE", "BREW", "get", "Get", "PATCHES", "X", "GETGETGETGETGETGETGETGETGETGETGETGETGETGETGETGETGETGETGET", "CONNECT", "G\u0001T", "POST", "PUT", "PATCH", "DELETE"];

    public override int Weight => 5;

    public override FuzzRequest Make(Dice dice)
    {
        var grammar = new Grammar(dice);
        var set = grammar.Set();
        var target = $"/odata/{set.Name}" + dice.One(
            () => "", () => $"({grammar.Key()})", () => $"({grammar.Key()})/{grammar.Navigation(set.EntityType)?.Name ?? "x"}", () => $"({grammar.Key()})/{grammar.Property(set.EntityType)}", () => "/$count", () => "/$ref",
            () => $"({grammar.Key()})/{dice.Pick(Grammar.Operations)}", () => "?$filter=nope", () => $"?$filter={Mutator.Option(dice, grammar.Filter(set.EntityType, 1))}");
        var request = new FuzzRequest(dice.Pick(Methods), dice.Chance(90) ? target : dice.Pick("/odata", "/odata/$metadata", "/odata/$batch", "/api/session", "/api/imports", "/api/nope", "*")) { AsReader = true };
        request = dice.Chance(40) ? request.WithJson(dice.Pick("{}", "[]", "", "{\"name\":\"x\"}", "\0")) : request;
        request = dice.Chance(30) ? request.With("X-HTTP-Method-Override", dice.Pick("DELETE", "PATCH", "x")).With("X-HTTP-Method", "DELETE") : request;
        return dice.Chance(40) ? request.With("If-Match", dice.Pick("*", "W/\"x\"", "")) : request;
    }
}
