using InfluencerCrm.Api.OData;
using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.Tests.Fuzz;

/// <summary>Makes queries from the model, right ones and ones that are nearly right. The texts are not percent-encoded yet.</summary>
internal sealed class Grammar(Dice dice)
{
    private static readonly string[] Comparisons = ["eq", "eq", "eq", "ne", "gt", "ge", "lt", "le", "eq", "gt", "has", "in", "xx"];
    private static readonly string[] OneText = ["length({0}) gt 3", "tolower({0}) eq 'x'", "toupper({0}) eq 'X'", "trim({0}) ne ''", "substring({0},1) eq 'x'", "substring({0},-1,99999999) eq 'x'", "indexof({0},'x') eq -1", "matchesPattern({0},'^(a+)+$')", "contains({0},{0})", "concat({0},{0}) eq 'x'", "concat(concat({0},'a'),concat({0},'b')) ne null"];
    private static readonly string[] OneTime = ["year({0}) eq 2026", "month({0}) eq 99", "day({0}) eq -1", "hour({0}) eq 1", "minute({0}) eq 1", "second({0}) eq 1", "fractionalseconds({0}) eq 0.1", "date({0}) eq 2026-01-01", "time({0}) eq 00:00:00", "totaloffsetminutes({0}) eq 0", "{0} lt now()", "{0} gt mindatetime()", "{0} lt maxdatetime()", "{0} add duration'P1D' gt now()", "{0} sub now() gt duration'P99999D'", "totalseconds({0} sub now()) gt 1"];
    private static readonly string[] OneNumber = ["{0} add {1} eq 1", "{0} sub {1} eq 1", "{0} mul {1} gt 1", "{0} div {1} eq 1", "{0} divby {1} eq 1", "{0} mod {1} eq 0", "round({0}) eq 1", "floor({0}) eq 1", "ceiling({0}) eq 1", "-{0} eq 1", "{0} mul {0} mul {0} mul {0} gt 1", "{0} div 0 eq 1", "{0} mod 0 eq 1"];
    private static readonly string[] OneAny = ["cast({0},'Edm.String') eq 'x'", "cast({0},Edm.Int32) eq 1", "cast({0},'System.Object') eq null", "isof({0},'Edm.String')", "isof('InfluencerCrm.Influencer')", "geo.distance({0},{0}) lt 1", "{0} eq {0}", "{0} eq null", "null eq {0}", "not {0}", "{0}", "case({0} eq null:1,true:2) eq 1", "nope({0})", "{0} in ()", "{0} in ({1})", "{0} in ({1},{1},null)", "{0}/$count gt 1", "{0}/any()", "{0}/nope eq 1", "{0} eq @p", "$it/{0} eq {1}", "exists({0})", "hassubset({0},[1])", "{0} eq [1,2]", "{0} eq {{\"a\":1}}"];

    public static IReadOnlyList<IEdmEntitySet> Sets { get; } = [.. CrmEdm.Model.EntityContainer.EntitySets()];

    public static IReadOnlyList<string> Operations { get; } = [.. CrmEdm.Model.SchemaElements.OfType<IEdmOperation>().Select(o => o.Name).Distinct()];

    public IEdmEntitySet Set() => dice.Pick(Sets);

    public string Key() => dice.Chance(50) ? dice.Pick("1", "2", "3", "4", "5") : dice.Pick(HostileWords.Keys);

    public string Property(IEdmEntityType type) => dice.Chance(96) ? dice.Pick(type.StructuralProperties().ToList()).Name : dice.Pick(HostileWords.Names);

    public IEdmNavigationProperty? Navigation(IEdmEntityType type)
    {
        var all = type.NavigationProperties().ToList();
        return all.Count == 0 ? null : dice.Pick(all);
    }

    /// <summary>A literal for a property of the type, mostly of the right kind.</summary>
    public string Literal(IEdmTypeReference type) => dice.Chance(15) ? Hostile() : type.Definition switch
    {
        IEdmEnumType words => dice.Chance(90) ? $"'{dice.Pick(words.Members.ToList()).Name}'" : $"{words.FullName()}'{dice.Pick(HostileWords.Names)}'",
        IEdmPrimitiveType { PrimitiveKind: EdmPrimitiveTypeKind.Boolean } => dice.Pick("true", "false", "null", "1"),
        IEdmPrimitiveType { PrimitiveKind: EdmPrimitiveTypeKind.String } => Quoted(dice.Pick(HostileWords.Texts)),
        IEdmPrimitiveType { PrimitiveKind: EdmPrimitiveTypeKind.DateTimeOffset or EdmPrimitiveTypeKind.Date or EdmPrimitiveTypeKind.TimeOfDay } => dice.Pick(HostileWords.Times),
        IEdmPrimitiveType { PrimitiveKind: EdmPrimitiveTypeKind.Guid } => dice.Pick("00000000-0000-0000-0000-000000000000", "'x'", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"),
        _ => dice.Pick(HostileWords.Numbers),
    };

    public string Filter(IEdmEntityType type, int depth, string path = "")
    {
        var way = dice.Next(100);
        return depth > 0 && way < 25 ? $"{Filter(type, depth - 1, path)} {dice.Pick("and", "or", "xor")} {Filter(type, depth - 1, path)}"
            : depth > 0 && way < 33 ? $"({Filter(type, depth - 1, path)})"
            : depth > 0 && way < 39 ? $"not ({Filter(type, depth - 1, path)})"
            : depth > 0 && way < 60 ? Across(type, depth - 1, path)
            : Condition(type, path);
    }

    /// <summary>One property, compared or given to a function.</summary>
    public string Condition(IEdmEntityType type, string path)
    {
        var properties = type.StructuralProperties().ToList();
        var property = dice.Pick(properties);
        var name = path + (dice.Chance(98) ? property.Name : dice.Pick(HostileWords.Names));
        if (property.Type.IsCollection())
        {
            return string.Format(System.Globalization.CultureInfo.InvariantCulture, dice.Pick("{0}/any(x:x eq 'fr')", "{0}/all(x:x ne 'fr')", "{0}/any(x:contains(x,'f'))", "{0}/$count gt 1", "{0}/any()", "{0}/all()", "{0} eq []", "{0} eq 'x'", "'x' in {0}", "{0}/any(x:x/nope eq 1)", "{0}/any(x:x/any(y:y eq 1))"), name);
        }

        var forms = dice.Chance(50) ? null
            : dice.Chance(25) ? OneAny
            : property.Type.IsString() ? OneText
            : property.Type.IsDateTimeOffset() ? OneTime
            : property.Type.IsIntegral() || property.Type.IsDouble() || property.Type.IsDecimal() ? OneNumber
            : OneAny;
        if (property.Type.IsString() && dice.Chance(20))
        {
            return $"{dice.Pick("contains", "startswith", "endswith")}({name},{Quoted(dice.Pick(HostileWords.Texts))})";
        }

        return forms is null ? $"{name} {dice.Pick(Comparisons)} {Literal(property.Type)}"
            : string.Format(System.Globalization.CultureInfo.InvariantCulture, dice.Pick(forms), name, Literal(property.Type));
    }

    /// <summary>An option that is no option, or not of this kind.</summary>
    public string Hostile() => dice.One(
        () => Quoted(dice.Pick(HostileWords.Texts)),
        () => dice.Pick(HostileWords.Numbers),
        () => dice.Pick(HostileWords.Times),
        () => dice.Pick(HostileWords.Names),
        () => Quoted(new string('x', dice.Next(3000))),
        () => "'\0'");

    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private string Across(IEdmEntityType type, int depth, string path)
    {
        if (Navigation(type) is not { } navigation)
        {
            return Condition(type, path);
        }

        var target = navigation.ToEntityType();
        if (navigation.TargetMultiplicity() != EdmMultiplicity.Many)
        {
            return Filter(target, depth, $"{path}{navigation.Name}/");
        }

        var variable = dice.Chance(90) ? $"v{dice.Next(9)}" : dice.Pick("x", "$it", "id", "not", "1", "é");
        return dice.Next(10) switch
        {
            0 => $"{path}{navigation.Name}/$count {dice.Pick(Comparisons)} {dice.Pick(HostileWords.Numbers)}",
            1 => $"{path}{navigation.Name}/any()",
            2 => $"{path}{navigation.Name}/all()",
            3 => $"{path}{navigation.Name}/$count($filter={Filter(target, depth)}) gt 0",
            _ => $"{path}{navigation.Name}/{dice.Pick("any", "any", "all")}({variable}:{Filter(target, depth, $"{variable}/")})",
        };
    }
}
