namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary><c>$filter</c>: functions, lambdas in lambdas, wrong types, long lists, many parentheses.</summary>
internal sealed class FilterCase : FuzzCase
{
    public override int Weight => 26;

    public override FuzzRequest Make(Dice dice)
    {
        var grammar = new Grammar(dice);
        var set = grammar.Set();
        var filter = dice.Next(20) switch
        {
            0 => Nested(dice, grammar.Condition(set.EntityType, "")),
            1 => $"id in ({dice.Repeat(1, 1200, ",", () => dice.Next(9).ToString(System.Globalization.CultureInfo.InvariantCulture))})",
            2 => $"id in ({string.Join(',', Enumerable.Range(1, dice.Pick(10, 1000, 10_000)))})",
            3 => string.Concat(Enumerable.Repeat("not ", dice.Next(400))) + "(id eq 1)",
            4 => string.Concat(Enumerable.Repeat("-", dice.Next(400))) + "1 eq id",
            5 => dice.Repeat(1, 400, dice.Pick(" or ", " and "), () => $"id eq {dice.Next(5)}"),
            6 => $"id {string.Concat(Enumerable.Repeat("add 1 ", dice.Next(600)))}eq 1",
            7 => string.Concat(Enumerable.Repeat("concat('a',", dice.Next(200))) + "'b'" + new string(')', dice.Next(200)) + " eq 'x'",
            _ => grammar.Filter(set.EntityType, dice.Next(5)),
        };
        var suffix = dice.Pick("", "", "", "/$count", "&$top=3", "&$count=true&$top=1", "&$orderby=id desc&$top=2", "&$select=id", "&@p=1", "&@p='x'", "&archived=include");
        return Get(suffix.StartsWith('/')
            ? $"/odata/{set.Name}{suffix}?$filter={Mutator.Option(dice, filter)}"
            : $"/odata/{set.Name}?$filter={Mutator.Option(dice, filter)}{suffix}");
    }

    private static string Nested(Dice dice, string condition)
    {
        var depth = dice.Pick(2, 20, 100, 1000);
        return new string('(', depth) + condition + new string(')', dice.Chance(90) ? depth : dice.Next(depth));
    }
}
