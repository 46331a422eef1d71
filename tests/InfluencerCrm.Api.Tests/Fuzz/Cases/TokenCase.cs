using System.Text;
using System.Text.Json;

namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary><c>$skiptoken</c> and <c>$deltatoken</c>: made up, cut, of other types, of another order.</summary>
internal sealed class TokenCase : FuzzCase
{
    public override int Weight => 4;

    public override FuzzRequest Make(Dice dice)
    {
        var grammar = new Grammar(dice);
        var set = dice.Chance(50) ? grammar.Set().Name : dice.Pick("influencers", "interactions", "coverage", "outlets");
        var plain = dice.One(
            () => JsonSerializer.Serialize(new object[] { dice.Pick(HostileWords.Texts), dice.Next(100) }),
            () => dice.Pick("[]", "{}", "null", "[null]", "[null,null]", "[[1]]", "[{}]", "[1,2,3,4,5,6,7,8,9]", "[\"x\"]", "[1e400]", "[99999999999999999999]", "[true,1]", "[\"9999-12-31T23:59:59Z\",1]", "[\"\\u0000\",1]", "[\"\\ud800\",1]", "[\"2026-13-01\",1]", "[0.5,0.5]", "1", "x", ""),
            () => new string('[', dice.Next(2000)),
            () => $"[{dice.Pick(HostileWords.Numbers)}]");
        var token = dice.Next(4) switch
        {
            0 => Uri.EscapeDataString(plain),
            1 => Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(plain))),
            2 => Convert.ToBase64String(Encoding.UTF8.GetBytes(plain)).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
            _ => Convert.ToBase64String(dice.Bytes(dice.Next(200))).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        };
        var name = dice.Pick("$skiptoken", "$skiptoken", "$deltatoken", "$deltatoken", "$skiptoken=&$deltatoken");
        var order = dice.Pick("", "", "&$orderby=id", "&$orderby=createdAt desc", "&$orderby=displayName,id", "&$orderby=influenceScore desc", "&$top=1", "&$apply=groupby((kind))", "&$filter=id gt 1", "&$skip=1");
        var request = Get($"/odata/{set}?{name}={(dice.Chance(85) ? token : Mutator.Splintered(dice, token))}{order}");
        return dice.Chance(20) ? request.With("Prefer", "odata.track-changes") : request;
    }
}
