namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary>Paths: forms of keys, properties, links, raw values, and encodings that do not end.</summary>
internal sealed class AddressCase : FuzzCase
{
    private static readonly string[] Roots = ["/odata/", "/odata/", "/odata/", "/odata/", "/odata/", "/odata//", "//odata/", "/ODATA/", "/odata/./", "/odata/../odata/", "/odata/%2e%2e/odata/", "/odata;x=1/", "/odata%2F", "/api/../odata/", "/odata/$root/", "/odata/$crossjoin/", "/odata/$all/"];
    private static readonly string[] Whole = ["/odata", "/odata/", "/odata/$metadata", "/odata/$metadata?$format=nope", "/odata/$metadata/x", "/odata/$batch", "/odata/$all", "/odata/$entity?$id=influencers(1)", "/odata/$crossjoin(influencers,topics)", "/odata/influencers%25281%29", "/odata/influencers(1)(1)(2)", "/odata/influencers(id=3)", "/odata/influencers/1/2/3", "/odata/influencers/$each", "/odata/influencers/@odata.etag", "/odata/influencers(1)/$value", "/odata/influencers/$query", "/odata/influencers/$filter(id eq 1)", "/odata/influencers?", "/odata/?$filter=x", "/odata/\"", "/api", "/api/", "/api/nope", "/api//imports", "/swagger/nope", "/nope", "/%", "/%00", "/odata/%00", "/odata/influencers%00", "/odata/influencers\0", "/odata/influencers(1)/display\0Name"];

    public override int Weight => 12;

    public override FuzzRequest Make(Dice dice)
    {
        if (dice.Chance(12))
        {
            return Get(dice.Pick(Whole));
        }

        var grammar = new Grammar(dice);
        var set = grammar.Set();
        var path = new System.Text.StringBuilder(dice.Pick(Roots)).Append(dice.Chance(95) ? set.Name : dice.Pick(set.Name.ToUpperInvariant(), set.EntityType.Name, "nope", "", "changes", "idempotencyKeys", "DataProtectionKeys"));
        for (var i = dice.Next(5); i > 0; i--)
        {
            path.Append(dice.One(
                () => $"({grammar.Key()})",
                () => $"({grammar.Key()})",
                () => $"/{grammar.Key()}",
                () => $"/{grammar.Navigation(set.EntityType)?.Name ?? "nope"}",
                () => $"/{grammar.Property(set.EntityType)}",
                () => dice.Pick("/$value", "/$count", "/$ref", "/$links/topics", "/$it", "/$filter(id eq 1)", "/InfluencerCrm.Influencer", "/InfluencerCrm.restore", "/Default.restore()", "/x", "/", "//", "/%2F", "/..", "/$value/$value"),
                () => $"/{dice.Pick(Grammar.Operations)}{dice.Pick("", "()", "(1)", "(x=1)", "(x=@p)")}",
                () => "/" + new string(dice.Pick('x', '(', '9', '%'), dice.Next(dice.Chance(95) ? 200 : 9000))));
        }

        var target = path.ToString();
        return Get((dice.Chance(85) ? target : Mutator.Splintered(dice, target)) + dice.Pick("", "", "", "?", "?$select=id", "?$top=1", "?@p=1", "?$format=json", "?%00=%00", "?&&&=", "#x"));
    }
}
