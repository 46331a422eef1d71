using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary><c>$expand</c>: deep, wide, in circles, with options inside.</summary>
internal sealed class ExpandCase : FuzzCase
{
    public override int Weight => 10;

    public override FuzzRequest Make(Dice dice)
    {
        var grammar = new Grammar(dice);
        var set = grammar.Set();
        var expand = dice.Next(12) switch
        {
            0 => string.Join(',', Enumerable.Repeat(grammar.Navigation(set.EntityType)?.Name ?? "nope", dice.Next(500))),
            1 => string.Concat(Enumerable.Repeat("parent($expand=", dice.Next(400))) + "parent" + new string(')', dice.Next(400)),
            2 => dice.Pick("*", "*($levels=3)", "*($levels=max)", "parent($levels=max)", "parent($levels=99999999999)", "parent($levels=-1)", "topics/$ref", "topics/$count", "*/$ref", "$value", "topics($filter=$it/id eq 1)", "topics($nope=1)", "topics($top=)", "topics()", "topics(", "topics/topic/parent", "id", "topics($apply=groupby((id)))", "topics($compute=id add 1 as a;$select=a)", "topics($skip=99999999999)", "topics($search=x)", "topics($count=x)", "topics;interactions"),
            _ => Items(dice, grammar, set.EntityType, dice.Next(5)),
        };
        return Get($"/odata/{set.Name}{dice.Pick("", "", "(1)", "(2)")}?$expand={Mutator.Option(dice, expand)}{dice.Pick("", "", "&$select=id", "&$top=2", "&$select=*", "&$orderby=id&$skip=1")}");
    }

    private static string Items(Dice dice, Grammar grammar, IEdmEntityType type, int depth) => dice.Repeat(1, 4, ",", () =>
    {
        if (grammar.Navigation(type) is not { } navigation)
        {
            return "nope";
        }

        var target = navigation.ToEntityType();
        var options = dice.Repeat(0, 4, ";", () => dice.One(
            () => $"$top={dice.Pick("0", "1", "5", "-1", "1001", "99999999999")}",
            () => $"$skip={dice.Pick("0", "1", "-1", "99999999999")}",
            () => $"$filter={grammar.Filter(target, 1)}",
            () => $"$orderby={grammar.Property(target)} desc",
            () => $"$select={grammar.Property(target)}",
            () => $"$count={dice.Pick("true", "x")}",
            () => "$levels=2",
            () => depth > 0 ? $"$expand={Items(dice, grammar, target, depth - 1)}" : "$search=x"));
        return options.Length == 0 ? navigation.Name : $"{navigation.Name}({options})";
    });
}
