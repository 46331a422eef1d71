using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData.Searching;

/// <summary>What a query looks for inside texts, as far as that alone says which rows may match. Null stands for: any row may.</summary>
internal abstract record Sought
{
    /// <summary>A text that holds a part.</summary>
    /// <param name="Linked">The part may also be in what a person is linked to.</param>
    internal sealed record Part(SearchedText Text, string Value, bool Linked) : Sought;

    /// <summary>All of these, none of which is such a list itself.</summary>
    internal sealed record All(IReadOnlyList<Sought> Of) : Sought;

    /// <summary>At least one of these.</summary>
    internal sealed record Any(IReadOnlyList<Sought> Of) : Sought;

    /// <summary>Of a <c>$search</c>.</summary>
    public static Sought? InSearch(Type row, QueryNode? node) => node switch
    {
        SearchTermNode term => SearchColumns.ForSearch(row) is { } column && SearchedText.Of(row, column.Name) is { } text ? new Part(text, SearchText.Normalise(term.Text), row == typeof(Influencer)) : null,
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => Both(InSearch(row, and.Left), InSearch(row, and.Right)),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or => Either(InSearch(row, or.Left), InSearch(row, or.Right)),
        _ => null,
    };

    /// <summary>Of a <c>$filter</c>.</summary>
    public static Sought? InFilter(Type row, QueryNode? node) => node switch
    {
        ConvertNode convert => InFilter(row, convert.Source),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => Both(InFilter(row, and.Left), InFilter(row, and.Right)),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or => Either(InFilter(row, or.Left), InFilter(row, or.Right)),
        SingleValueFunctionCallNode { Name: "contains" or "startswith" or "endswith" } call => InCall(row, [.. call.Parameters.Select(Plain)]),
        _ => null,
    };

    /// <summary>Both must hold: what is known of one is enough.</summary>
    public static Sought? Both(Sought? left, Sought? right) =>
        left is null ? right : right is null ? left : new All([.. Parts(left), .. Parts(right)]);

    private static Any? Either(Sought? left, Sought? right) => left is null || right is null ? null : new Any([left, right]);

    private static IReadOnlyList<Sought> Parts(Sought sought) => sought is All all ? all.Of : [sought];

    // The member's normalised copy is what the condition is answered by.
    private static Part? InCall(Type row, IReadOnlyList<QueryNode> parameters) =>
        parameters is [SingleValuePropertyAccessNode { Source: ResourceRangeVariableReferenceNode, Property.Name: var name }, ConstantNode { Value: string value }]
        && SearchedText.Of(row, $"{char.ToUpperInvariant(name[0])}{name[1..]}Search") is { } text
            ? new Part(text, SearchText.Normalise(value), false)
            : null;

    private static QueryNode Plain(QueryNode node) => node is ConvertNode { Source: var source } ? Plain(source) : node;
}
