using System.Text.RegularExpressions;

namespace InfluencerCrm.Mail.Reading;

/// <summary>What the person wrote: above, below or between what they quote, without signature.</summary>
internal static class ReplyText
{
    private static readonly Regex Rule = Patterns.Of(@"^[ >]*[-_=*~\u2500-\u257f ]{3,}$");

    /// <param name="answers">The text quotes a mail.</param>
    public static string Of(string text, out bool answers)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(l => l.Replace('\u00A0', ' ').TrimEnd()).ToList();
        answers = false;
        var kept = new List<string>();
        var own = new List<string>();
        for (var i = 0; i < lines.Count; i++)
        {
            var header = QuoteHeaders.At(lines, i);
            if (header > 0)
            {
                answers = true;
                Close();

                // Without marks nobody can tell where the quoted mail ends: all that follows is it.
                if (!Quoted.Is(lines[i]) && !Quoted.Follow(lines, i + header)) break;
                i += header - 1;
            }
            else if (Quoted.Is(lines[i]))
            {
                answers = true;
                Close();
            }
            else
            {
                own.Add(lines[i]);
            }
        }

        Close();
        return Joined(kept);

        void Close()
        {
            kept.AddRange(Signatures.Above(own));
            if (own.Count > 0) kept.Add("");
            own.Clear();
        }
    }

    private static string Joined(List<string> lines)
    {
        while (lines.Count > 0 && (lines[^1].Trim().Length == 0 || Rule.IsMatch(lines[^1]))) lines.RemoveAt(lines.Count - 1);
        var paragraphs = new List<string>();
        foreach (var line in lines)
        {
            // One empty line between paragraphs is enough.
            if (line.Trim().Length > 0 || (paragraphs.Count > 0 && paragraphs[^1].Length > 0)) paragraphs.Add(line.Trim().Length == 0 ? "" : line);
        }

        var text = string.Join('\n', paragraphs).Trim();
        return text.Length > ReadLimits.ReplyLength ? text[..ReadLimits.ReplyLength] : text;
    }
}
