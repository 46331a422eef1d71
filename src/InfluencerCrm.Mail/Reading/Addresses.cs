using System.Text.RegularExpressions;

namespace InfluencerCrm.Mail.Reading;

/// <summary>Addresses and Message-IDs in running text.</summary>
internal static class Addresses
{
    private const string Address = @"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*";
    private static readonly Regex InText = Patterns.AnyCase(Address);
    private static readonly Regex Alone = Patterns.AnyCase($@"^[\s>*\-\u2022]*(?:<|\()?(?:mailto:)?({Address})(?:<mailto:[^>]*>)?(?:>|\))?[\s:,;.]*(?:\[?\(?(?:mailto:)?[^\s]*)?\s*$");
    private static readonly Regex Leading = Patterns.AnyCase($@"^[\s*\-\u2022]*(?:<({Address})>\s*[:(]|({Address})\s*(?:[:;(]|-\s|<mailto:|\.\.\.|$)|[^<>@:]*<(?:mailto:)?({Address})>\s*:?\s*$)");
    private static readonly Regex Named = Patterns.AnyCase($@"(?:^|[\s(])(?:to|for|recipients?|address(?:es)?|adresse|destinataires?|destinatari[oa]s?|empf.nger|ontvangers?|indirizzo|direcci.n|an|[\u00e0a]|para|per|aan|bij)(?:\(e?s\))?(?: is| was)?[\s:]+['""<(\[]*(?:mailto:|rfc822;\s*)?({Address})");
    private static readonly Regex Ids = Patterns.AnyCase(@"message-id\s*:\s*<?([^\s<>]+@[^\s<>]+)>?");

    /// <summary>The address, without brackets and a type like <c>rfc822;</c>; null: there is none.</summary>
    public static string? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var value = text[(text.IndexOf(';', StringComparison.Ordinal) + 1)..];
        var match = InText.Match(value.Length > ReadLimits.LineLength ? value[..ReadLimits.LineLength] : value);
        return match.Success && match.Value.Length <= ReadLimits.NameLength ? match.Value.Trim('.', '\'') : null;
    }

    public static IEnumerable<string> AllIn(string line) => InText.Matches(line).Select(m => m.Value.Trim('.', '\''));

    /// <summary>The address that a line of a notice is about: alone on it, or at its head before what happened.</summary>
    public static string? AtHead(string line)
    {
        var match = Alone.Match(line);
        if (match.Success) return match.Groups[1].Value;
        match = Leading.Match(line);
        return match.Success ? match.Groups.Values.Skip(1).First(g => g.Success).Value : null;
    }

    /// <summary>The address that a sentence calls a recipient.</summary>
    public static string? AsRecipient(string line)
    {
        var match = Named.Match(line);
        return match.Success ? match.Groups[1].Value.Trim('.', '\'') : null;
    }

    /// <summary>Message-IDs in a text that quotes a mail's headers.</summary>
    public static IEnumerable<string> MessageIdsIn(string text) => Ids.Matches(text).Select(m => m.Groups[1].Value);
}
