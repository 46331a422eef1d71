namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary>The other options: unknown, doubled, empty, out of range, in any mixture.</summary>
internal sealed class OptionCase : FuzzCase
{
    private static readonly string[] Formats = ["json", "xml", "atom", "application/json", "application/json;odata.metadata=full", "application/json;odata.metadata=none", "application/json;metadata=x", "application/xml", "*/*", "text/html", "", ",", "application/json;q=", "application/json;charset=utf-16", "json;odata.metadata=minimal;odata.streaming=true;x=y", "é"];
    private static readonly string[] Unknown = ["$nope", "nope", "$", "$$filter", "$Filter", "$FILTER", "filter", "$index", "$levels", "$schemaversion", "$id", "$skiptoken", "$deltatoken", "$inlinecount", "@p", "archived", "api-version", "%24top", "$top%00", "", "$top[]", "__proto__"];

    public override int Weight => 14;

    public override FuzzRequest Make(Dice dice)
    {
        var grammar = new Grammar(dice);
        var set = grammar.Set();
        var options = dice.Repeat(1, 6, dice.Chance(95) ? "&" : dice.Pick(";", "&&", "?", "&amp;"), () => dice.One(
            () => $"$top={Number(dice)}",
            () => $"$skip={Number(dice)}",
            () => $"$count={dice.Pick("true", "false", "True", "1", "", "maybe", "null")}",
            () => $"$orderby={Mutator.Option(dice, Order(dice, grammar, set.EntityType))}",
            () => $"$select={Mutator.Option(dice, Select(dice, grammar, set.EntityType))}",
            () => $"$format={Mutator.Option(dice, dice.Pick(Formats))}",
            () => $"{dice.Pick(Unknown)}={Mutator.Option(dice, dice.Pick(HostileWords.Texts))}",
            () => $"$filter={Mutator.Option(dice, grammar.Condition(set.EntityType, ""))}"));
        var path = dice.Pick("", "", "", "", "/$count", "/$ref", "(1)", "/1");
        return Get($"/odata/{set.Name}{path}?{options}");
    }

    private static string Number(Dice dice) => dice.Chance(50) ? dice.Pick("0", "1", "3", "5") : Mutator.Option(dice, dice.Pick(HostileWords.Numbers));

    private static string Order(Dice dice, Grammar grammar, Microsoft.OData.Edm.IEdmEntityType type) => dice.Repeat(1, dice.Chance(90) ? 5 : 60, ",", () =>
        dice.One(
            () => grammar.Property(type),
            () => grammar.Navigation(type) is { } navigation ? $"{navigation.Name}/{grammar.Property(Microsoft.OData.Edm.ExtensionMethods.ToEntityType(navigation))}" : "id",
            () => $"{grammar.Navigation(type)?.Name ?? "nope"}/$count",
            () => $"length({grammar.Property(type)})",
            () => $"{grammar.Property(type)} add 1",
            () => grammar.Hostile())
        + dice.Pick("", " asc", " desc", " DESC", " up"));

    private static string Select(Dice dice, Grammar grammar, Microsoft.OData.Edm.IEdmEntityType type) => dice.Repeat(0, dice.Chance(90) ? 6 : 300, ",", () => dice.One(
        () => grammar.Property(type),
        () => grammar.Navigation(type)?.Name ?? "*",
        () => $"{grammar.Navigation(type)?.Name ?? "nope"}/{dice.Pick("id", "nope", "*")}",
        () => dice.Pick("*", "**", "id($top=1)", "tags($filter=$it eq 'x')", "names/fr", "InfluencerCrm.*", "Edm.String", "id as x", "")));
}
