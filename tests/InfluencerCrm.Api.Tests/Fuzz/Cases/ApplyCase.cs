using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary><c>$apply</c> and <c>$compute</c>: steps in any order, of members that are not there any more.</summary>
internal sealed class ApplyCase : FuzzCase
{
    public override int Weight => 12;

    public override FuzzRequest Make(Dice dice)
    {
        var grammar = new Grammar(dice);
        var set = grammar.Set();
        var type = set.EntityType;
        var compute = dice.Repeat(1, dice.Chance(95) ? 4 : 40, ",", () => $"{Expression(dice, grammar, type)} as {Name(dice)}");
        if (dice.Chance(35))
        {
            var use = dice.Pick("", "&$select=id,a", "&$orderby=a", "&$filter=a eq 1", "&$expand=nope", "&$select=a&$orderby=a desc&$top=1");
            return Get($"/odata/{set.Name}{dice.Pick("", "", "(1)")}?$compute={Mutator.Option(dice, compute)}{use}");
        }

        if (dice.Chance(50))
        {
            return Get($"/odata/{set.Name}?$apply={Mutator.Option(dice, dice.Repeat(1, 4, "/", () => Sound(dice, grammar, type)))}{dice.Pick("", "", "&$orderby=a", "&$top=2", "&$count=true")}");
        }

        var steps = dice.Repeat(1, dice.Chance(95) ? 4 : 30, "/", () => Step(dice, grammar, type, 2));
        var after = dice.Pick("", "", "&$orderby=a", "&$filter=a gt 1", "&$top=2", "&$count=true", "&$skip=1", "&$select=a", "&$expand=topics", "&$search=x");
        return Get($"/odata/{set.Name}?$apply={Mutator.Option(dice, steps)}{after}");
    }

    /// <summary>A step that can be taken, at least as the first one.</summary>
    private static string Sound(Dice dice, Grammar grammar, IEdmEntityType type)
    {
        var plain = type.StructuralProperties().Where(p => !p.Type.IsCollection() && p.Type.IsPrimitive()).ToList();
        var numbers = plain.Where(p => p.Type.IsIntegral() || p.Type.IsDouble() || p.Type.IsDecimal()).ToList();
        var (member, number) = (dice.Pick(plain).Name, dice.Pick(numbers).Name);
        var amount = dice.Pick($"{number} with {dice.Pick("sum", "average", "min", "max")} as a", "$count as a", $"{member} with countdistinct as a", $"{number} {dice.Pick("add", "mul", "div", "mod")} {dice.Pick("0", "2", "2147483647", "0.5")} with sum as a");
        return dice.Pick($"groupby(({member}),aggregate({amount}))", $"groupby(({member}))", $"aggregate({amount})", $"filter({grammar.Condition(type, "")})", $"compute({number} {dice.Pick("add", "mul", "div", "mod")} {dice.Pick("0", "1", "2147483647", "0.5")} as a)");
    }

    private static string Step(Dice dice, Grammar grammar, IEdmEntityType type, int depth) => dice.One(
        () => $"aggregate({dice.Repeat(1, dice.Chance(90) ? 4 : 25, ",", () => Aggregate(dice, grammar, type))})",
        () => $"groupby(({Members(dice, grammar, type)}))",
        () => $"groupby(({Members(dice, grammar, type)}),aggregate({Aggregate(dice, grammar, type)}))",
        () => $"groupby(({Members(dice, grammar, type)}){(depth > 0 ? "," + Step(dice, grammar, type, depth - 1) : "")})",
        () => $"filter({grammar.Filter(type, 2)})",
        () => $"compute({Expression(dice, grammar, type)} as {Name(dice)})",
        () => dice.Pick("identity", "concat(identity,identity)", "topcount(1,id)", "bottomsum(1,id)", "expand(topics,filter(id eq 1))", "search(x)", "skip(1)", "top(1)", "orderby(id)", "join(topics as t)", "outerjoin(topics as t)", "nest(groupby((id)) as n)", "aggregate()", "groupby()", "groupby(())", "groupby((rollup(id,id)))", "groupby((rollup($all,id)))", "aggregate($count)", "aggregate($count as a,$count as a)", "nope(1)", "ancestors($root/topics,x,id,filter(true))", "", "(", "traverse()"));

    private static string Aggregate(Dice dice, Grammar grammar, IEdmEntityType type) => dice.One(
        () => $"{Expression(dice, grammar, type)} with {dice.Pick("sum", "average", "min", "max", "countdistinct", "custom.x", "nope", "")} as {Name(dice)}",
        () => $"$count as {Name(dice)}",
        () => $"{grammar.Property(type)} with {dice.Pick("sum", "average", "min", "max", "countdistinct")} as {Name(dice)}",
        () => $"{grammar.Navigation(type)?.Name ?? "nope"}/{dice.Pick("id", "$count", "nope")} with {dice.Pick("sum", "max")} as {Name(dice)}",
        () => $"{grammar.Navigation(type)?.Name ?? "nope"}({grammar.Property(type)} with sum as {Name(dice)})",
        () => $"id with sum from createdAt with max as {Name(dice)}");

    private static string Members(Dice dice, Grammar grammar, IEdmEntityType type) => dice.Repeat(1, dice.Chance(95) ? 4 : 30, ",", () => dice.One(
        () => grammar.Property(type),
        () => grammar.Property(type),
        () => $"{grammar.Navigation(type)?.Name ?? "nope"}/{(grammar.Navigation(type) is { } navigation ? grammar.Property(navigation.ToEntityType()) : "id")}",
        () => Name(dice)));

    private static string Expression(Dice dice, Grammar grammar, IEdmEntityType type) => dice.One(
        () => grammar.Property(type),
        () => $"{grammar.Property(type)} {dice.Pick("add", "mul", "div", "mod", "sub", "divby")} {dice.Pick(HostileWords.Numbers)}",
        () => $"{dice.Pick("year", "month", "length", "tolower", "round", "date", "trim", "nope")}({grammar.Property(type)})",
        () => $"concat({grammar.Property(type)},'x')",
        () => $"{grammar.Navigation(type)?.Name ?? "nope"}/$count",
        () => grammar.Hostile(),
        () => string.Concat(Enumerable.Repeat("id add ", dice.Next(300))) + "1");

    private static string Name(Dice dice) => dice.Chance(90) ? dice.Pick("a", "b", "c", "id") : dice.Chance(50) ? dice.Pick(HostileWords.Names) : $"n{dice.Next(int.MaxValue)}";
}
