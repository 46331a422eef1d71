using System.Text.RegularExpressions;

namespace InfluencerCrm.Api.OData;

/// <summary>What the parser says of a query, for who sent it: some of its words name classes of its own.</summary>
internal static partial class QueryWords
{
    public static string Of(Exception exception) => Classes().IsMatch(exception.Message) ? "The query cannot be understood." : exception.Message;

    [GeneratedRegex(@"\b(Microsoft|System)\.\w", RegexOptions.CultureInvariant)]
    private static partial Regex Classes();
}
