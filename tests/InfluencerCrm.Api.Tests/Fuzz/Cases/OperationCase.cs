namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary>Actions and functions: of other sets, with parameters of other types, unknown ones.</summary>
internal sealed class OperationCase : FuzzCase
{
    public override int Weight => 6;

    public override FuzzRequest Make(Dice dice)
    {
        var grammar = new Grammar(dice);
        var set = grammar.Set();
        var operation = dice.Chance(85) ? dice.Pick(Grammar.Operations) : dice.Pick("explode", "Restore", "InfluencerCrm.restore", "Default.restore", "restore()", "restore/restore", "$value", "schedule%00");
        var owner = dice.Chance(50) ? set.Name : dice.Pick("sendOuts", "mediaLists", "messages", "suppressions", "webhooks", "webhookDeliveries", "influencers");
        if (dice.Chance(30))
        {
            return Get($"/odata/{owner}({grammar.Key()})/{operation}{dice.Pick("()", "", "(1)", "()?$top=-1", "()/x", "(x=1)")}");
        }

        // Existing rows only with a body that no operation takes; without one, rows that do not exist.
        var request = new FuzzRequest("POST", $"/odata/{owner}({dice.Pick("1", "2", "999999")})/{operation}{dice.Pick("", "", "?$top=1", "()")}");
        var body = dice.Pick("{\"nope\":1}", "[]", "{", "null", "{\"at\":\"x\",\"nope\":1}", "{\"influencerIds\":\"x\"}", "{\"influencerIds\":[99999999999999999999]}", "{\"influencerIds\":[null]}", "{\"influencerId\":{}}", "{\"to\":[1]}", "{\"to\":\"\\u0000\"}", "\"x\"", "1");
        var takesNoBody = body is "[]" or "null" or "1" or "\"x\"" || !operation.StartsWith("add", StringComparison.Ordinal);
        return (takesNoBody ? request with { AsReader = dice.Chance(50), Target = request.Target.Replace("(1)", "(999998)", StringComparison.Ordinal).Replace("(2)", "(0)", StringComparison.Ordinal) } : request).WithJson(body).With("If-Match", "*");
    }
}
