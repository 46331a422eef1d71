using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Data;

public static partial class Check
{
    /// <summary>How many texts a list of one row may hold.</summary>
    public const int ListLimit = 200;

    /// <summary>A short list of texts (tags, languages): trimmed, without empty and repeated ones, each one line of at most <paramref name="maxLength"/>.</summary>
    public static List<string> Texts(IEnumerable<string?>? values, int maxLength, string target)
    {
        var texts = new List<string>();
        foreach (var value in values ?? [])
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                continue;
            }

            var text = value.Trim();
            if (text.Length > maxLength)
            {
                throw new RuleViolation("tooLong", $"An entry of {target} is {text.Length} characters long; {maxLength} are allowed.", target);
            }

            if (text.Any(char.IsControl))
            {
                throw new RuleViolation("controlCharacter", $"An entry of {target} holds a control character; it is one line of text.", target);
            }

            if (!texts.Contains(text, StringComparer.Ordinal))
            {
                texts.Add(text);
            }
        }

        return texts.Count <= ListLimit ? texts : throw new RuleViolation("tooMany", $"{target} has {texts.Count} entries; {ListLimit} are allowed.", target);
    }

    /// <summary>A list of defined enum values, without repeated ones.</summary>
    public static List<T> Values<T>(IEnumerable<T>? values, string target)
        where T : struct, Enum
    {
        var list = (values ?? []).Distinct().ToList();
        return list.TrueForAll(Enum.IsDefined) ? list : throw new RuleViolation("outOfRange", $"{target} holds a value that is not defined.", target);
    }

    /// <summary>Whose part a row is does not change: a part of another person is another row.</summary>
    public static int? Owner(int? current, Optional<int?> sent, string target) =>
        !sent.IsSet || sent.Value == current ? current
        : current is null ? sent.Value
        : throw new RuleViolation("fixed", $"{target} cannot be changed; delete this row and create it where it belongs.", target);

    /// <summary>A period that ends after it begins.</summary>
    public static void Period(DateTime? from, DateTime? to, string target)
    {
        if (from > to)
        {
            throw new RuleViolation("endsBeforeItBegins", $"{target} lies before the beginning.", target);
        }
    }
}
