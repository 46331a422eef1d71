namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary><c>$search</c>: phrases that do not end, operators without words, marks of the full-text indexes behind it.</summary>
internal sealed class SearchCase : FuzzCase
{
    private static readonly string[] Words = ["AND", "OR", "NOT", "NEAR", "NEAR/2", "\"", "\"a b\"", "\"\"", "(", ")", "*", "a*", "^a", "-a", "+a", "a:b", "{a b}", "col : x", "':*'", "a & b", "!a", "<->", "ab", "a", "é", "ŒUVRE", "\0", "%", "_", "\\", "'", "''", "MATCH", "rank", "rowid"];

    public override int Weight => 6;

    public override FuzzRequest Make(Dice dice)
    {
        var set = dice.Chance(60) ? dice.Pick("influencers", "outlets", "topics", "coverage", "interactions") : new Grammar(dice).Set().Name;
        var search = dice.Next(8) switch
        {
            0 => dice.Repeat(1, dice.Pick(10, 900), dice.Pick(" ", " AND ", " OR ", " NOT "), () => dice.Pick("le", "monde", "x", "energy")),
            1 => new string('(', dice.Next(900)) + "x" + new string(')', dice.Next(900)),
            2 => dice.Pick(HostileWords.Texts),
            3 => string.Concat(Enumerable.Repeat("NOT ", dice.Next(600))) + "x",
            4 => "\"" + new string('x', dice.Next(6000)) + "\"",
            _ => dice.Repeat(0, 9, " ", () => dice.Pick(Words)),
        };
        return Get($"/odata/{set}{dice.Pick("", "", "/$count")}?$search={Mutator.Option(dice, search)}{dice.Pick("", "&$top=1", "&$filter=id gt 1", "&$orderby=id")}");
    }
}
