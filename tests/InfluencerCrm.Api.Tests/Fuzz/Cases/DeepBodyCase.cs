namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary>JSON in JSON, ten thousand levels deep, where rows, batches and sign-ins are read.</summary>
internal sealed class DeepBodyCase : FuzzCase
{
    public override int Weight => 2;

    public override FuzzRequest Make(Dice dice)
    {
        var depth = dice.Pick(31, 32, 33, 64, 65, 1000, 10_000);
        var (open, close) = dice.Pick(("[", "]"), ("{\"a\":", "}"), ("{\"children\":[", "]}"), ("{\"requests\":[", "]}"));
        var body = "{\"nope\":" + string.Concat(Enumerable.Repeat(open, depth)) + "1" + (dice.Chance(70) ? string.Concat(Enumerable.Repeat(close, depth)) + "}" : "");
        var target = dice.Pick($"/odata/{new Grammar(dice).Set().Name}", "/odata/$batch", "/api/session", "/odata/influencers(1)/topics", "/odata/mediaLists(1)/addMembers", "/odata/sendOuts(1)/schedule");
        return new FuzzRequest("POST", target).WithJson(body);
    }
}
