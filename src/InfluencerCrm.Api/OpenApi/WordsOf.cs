using System.Text;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>Names in sentences, and operation ids.</summary>
internal static class WordsOf
{
    /// <summary><c>mediaLists</c> is "media lists".</summary>
    public static string Name(string camel)
    {
        var text = new StringBuilder();
        foreach (var c in camel)
        {
            text.Append(char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}");
        }

        return text.ToString();
    }

    public static string Upper(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary><c>webhook-id</c> is <c>WebhookId</c>.</summary>
    public static string Pascal(string hyphens) => string.Concat(hyphens.Split('-').Select(Upper));

    /// <summary>The verb, the row, the rest: <c>addMembers</c> of a MediaList is <c>addMediaListMembers</c>.</summary>
    public static string Action(string action, string type)
    {
        var verb = action.TakeWhile(char.IsLower).Count();
        return $"{action[..verb]}{type}{action[verb..]}";
    }

    /// <summary>The first clause of a text, for a summary; without its full stop.</summary>
    public static string FirstClause(string text)
    {
        var end = text.IndexOfAny(['.', ';', ':']);
        while (end >= 0 && end + 1 < text.Length && text[end + 1] != ' ')
        {
            end = text.IndexOfAny(['.', ';', ':'], end + 1);
        }

        return end < 0 ? text : text[..end];
    }
}
