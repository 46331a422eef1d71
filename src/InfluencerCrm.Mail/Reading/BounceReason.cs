using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Mail.Reading;

/// <summary>Finds in a notice what the server said about a recipient.</summary>
internal static class BounceReason
{
    /// <summary>A paragraph that is hardly longer than the address says nothing.</summary>
    private const int Beside = 20;

    /// <returns>Null: it gives no reason.</returns>
    public static string? In(string words, string? recipient)
    {
        var paragraphs = Paragraphs(words);
        var about = recipient is null ? -1 : paragraphs.FindIndex(p => p.Contains(recipient, StringComparison.OrdinalIgnoreCase));

        // The paragraph about the recipient and what follows it, before what stands at the head of the notice.
        var ordered = about < 0 ? paragraphs : [.. paragraphs.Skip(about), .. paragraphs.Take(about)];
        return ordered.Find(p => SmtpStatus.In(p) is { } s && (s.Reply >= 400 || s.Enhanced is not null)) ?? ordered.Find(p => BounceVerdict.SaysWhy(SearchText.Normalise(p)) && !IsHead(p))
            ?? (about >= 0 && paragraphs[about].Length > recipient!.Length + Beside && !IsHead(paragraphs[about]) ? paragraphs[about] : null);
    }

    // "The following addresses had permanent errors" gives no reason.
    private static bool IsHead(string paragraph) => paragraph.EndsWith(':') && Addresses.Of(paragraph) is null;

    /// <summary>Lines up to an empty one, or up to a line that begins with the next recipient.</summary>
    private static List<string> Paragraphs(string words)
    {
        var all = new List<string>();
        var current = new List<string>();
        foreach (var line in words.Split('\n'))
        {
            if (line.Trim().Length == 0 || (current.Count > 0 && Addresses.AtHead(line) is not null)) Close();
            if (line.Trim().Length > 0) current.Add(line.Trim());
        }

        Close();
        return all;

        void Close()
        {
            if (current.Count > 0) all.Add(string.Join(' ', current));
            current.Clear();
        }
    }
}
