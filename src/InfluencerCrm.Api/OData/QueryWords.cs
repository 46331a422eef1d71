using System.Text.RegularExpressions;
using InfluencerCrm.Core.Errors;
using Microsoft.OData;

namespace InfluencerCrm.Api.OData;

/// <summary>
/// What the parser says of a query, for who sent it: with the option that is meant, limits in our own words, and no names of classes. The
/// parser numbers none of its messages, so limits are known by the setting that each of them names.
/// </summary>
internal static partial class QueryWords
{
    private const string Incomplete = "an expression is incomplete, or does not fit what it is about.";

    /// <summary>Whether parsing or binding ended like this because of what was sent: the library answers some malformed options (an empty lambda, a skip token without text) with exceptions of its own internals.</summary>
    public static bool IsTheClients(Exception exception) => exception is ArgumentException or FormatException or OverflowException or InvalidCastException or NotSupportedException
        or InvalidOperationException or NullReferenceException or NotImplementedException;

    public static string Of(Exception exception) => Refusal(exception).Message;

    /// <param name="option">The option that could not be understood, where that is known.</param>
    /// <param name="left">The names that <c>$apply</c> leaves to the other options; null where it leaves whole rows.</param>
    public static Malformed Refusal(Exception exception, string? option = null, IReadOnlyList<string>? left = null)
    {
        var words = exception is ODataException && !Classes().IsMatch(exception.Message) ? exception.Message : "";
        return exception is ODataException && OfLimit(exception.Message, option) is { } limit ? limit
            : GroupedAway().Match(words) is { Success: true, Groups: var found } ? GroupedAway(found["name"].Value, option, left)
            : option is null ? new Malformed("badQuery", words.Length > 0 ? words : $"The query cannot be understood: {Incomplete}")
            : new Malformed("badQuery", words.Length == 0 ? $"{option}: {Incomplete}" : words.Contains(option, StringComparison.Ordinal) ? words : $"{option}: {words}", option);
    }

    private static Malformed? OfLimit(string words, string? option)
    {
        var limits = ResourceReader.Limits;
        var where = option is null ? "" : option + ": ";
        return words.Contains(nameof(limits.MaxExpansionDepth), StringComparison.Ordinal)
                ? new Malformed("expandTooDeep", $"$expand goes {limits.MaxExpansionDepth} levels deep at most; ask for what lies further down in a request of its own.", "$expand")
            : words.Contains(nameof(limits.MaxAnyAllExpressionDepth), StringComparison.Ordinal)
                ? new Malformed("anyAllTooDeep", $"{where}any and all stand inside each other {limits.MaxAnyAllExpressionDepth} deep at most; ask in several requests.", option)
            : words.Contains(nameof(limits.MaxNodeCount), StringComparison.Ordinal)
                ? new Malformed("filterTooLarge", $"{where}a condition has {limits.MaxNodeCount} parts at most; use a list such as id in (1,2,3), or ask in several requests.", option)
            : words.Contains("number of clauses in $orderby", StringComparison.Ordinal)
                ? new Malformed("orderByTooLong", $"$orderby takes {limits.MaxOrderByNodeCount} members at most.", "$orderby")
            : null;
    }

    private static Malformed GroupedAway(string name, string? option, IReadOnlyList<string>? left) =>
        option is not null && left is not null
            ? new Malformed("badQuery", $"{option}: after $apply there is no {name}; there are {string.Join(", ", left)}.", option)
            : new Malformed("badQuery", $"{option ?? "$apply"}: {name} is no member here; after groupby and aggregate there are only the names that they give out.", option ?? "$apply");

    [GeneratedRegex(@"\b(Microsoft|System)\.\w", RegexOptions.CultureInvariant)]
    private static partial Regex Classes();

    [GeneratedRegex(@"grouping expression '(?<name>[^']*)' must", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex GroupedAway();
}
