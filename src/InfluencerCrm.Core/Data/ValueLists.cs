using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Data;

/// <summary>Rules of members that are lists of plain values; the rules read from the model see only single texts.</summary>
internal static class ValueLists
{
    private const int MostValues = 500;

    private const int LongestWord = 200;

    /// <summary>Trimmed, without empty and repeated ones, in the order given.</summary>
    public static List<string> Words(List<string>? values, string target)
    {
        var words = (values ?? []).Select(v => v?.Trim() ?? "").Where(v => v.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        CheckCount(words.Count, target);
        if (words.Find(w => w.Length > LongestWord) is not null)
        {
            throw new RuleViolation("tooLong", $"{target}: each value may be {LongestWord} characters long.", target);
        }

        return words.Exists(w => w.Any(char.IsControl))
            ? throw new RuleViolation("controlCharacter", $"{target} holds a control character; each value is one line of text.", target)
            : words;
    }

    /// <summary>BCP 47 tags.</summary>
    public static List<string> Languages(List<string>? values, string target) =>
        [.. Words(values, target).Select(v => Check.Language(v, target)!)];

    /// <summary>Keys of other rows, each once.</summary>
    public static List<int> Ids(List<int>? values, string target)
    {
        var ids = (values ?? []).Distinct().ToList();
        CheckCount(ids.Count, target);
        return ids.Exists(id => id <= 0)
            ? throw new RuleViolation("missingReference", $"{target}: an id is a positive number.", target)
            : ids;
    }

    private static void CheckCount(int count, string target)
    {
        if (count > MostValues)
        {
            throw new RuleViolation("tooMany", $"{target} holds {count} values; {MostValues} are allowed.", target);
        }
    }
}
