using System.Globalization;
using System.Text;

namespace InfluencerCrm.Core.Data;

/// <summary>
/// The form in which texts are searched on all three databases: lower case, no accents, ligatures spelt out,
/// apostrophes and white space made one. Stored beside the text, and applied to what is searched for.
/// </summary>
public static class SearchText
{
    // The letters of the Latin scripts, and the dashes and quotation marks; contact files hold little else. No combining marks are among
    // them, so each becomes what it becomes alone, and the text needs no Unicode decomposition.
    private const int FirstCombining = 0x300;
    private const int FirstDash = 0x2010;
    private const int AfterMarks = 0x2040;
    private static readonly string[] Letters = Table(0, FirstCombining);
    private static readonly string[] Marks = Table(FirstDash, AfterMarks);

    public static string Normalise(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        return Fold(Ascii.IsValid(text) && !text.Contains('`', StringComparison.Ordinal) ? text : Mapped(text) ?? Decomposed(text));
    }

    private static string[] Table(int from, int before) => [.. Enumerable.Range(from, before - from).Select(c => Decomposed(((char)c).ToString()))];

    private static string? Mapped(string text)
    {
        var mapped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            switch (c)
            {
                case < (char)FirstCombining: mapped.Append(Letters[c]); break;
                case >= (char)FirstDash and < (char)AfterMarks: mapped.Append(Marks[c - FirstDash]); break;
                default: return null;
            }
        }

        return mapped.ToString();
    }

    private static string Decomposed(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            switch (rune.Value)
            {
                case 'ß' or 'ẞ': folded.Append("ss"); break;
                case 'œ' or 'Œ': folded.Append("oe"); break;
                case 'æ' or 'Æ': folded.Append("ae"); break;
                case 'ø' or 'Ø': folded.Append('o'); break;
                case 'ł' or 'Ł': folded.Append('l'); break;
                case 'đ' or 'Đ': folded.Append('d'); break;
                case 'ı': folded.Append('i'); break;
                case '’' or 'ʼ' or '‘' or '`': folded.Append('\''); break;
                case '‐' or '‑' or '–' or '—': folded.Append('-'); break;
                default:
                    if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format))
                    {
                        folded.Append(rune);
                    }

                    break;
            }
        }

        return folded.ToString();
    }

    private static string Fold(string text)
    {
        var result = new StringBuilder(text.Length);
        var space = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                space = result.Length > 0;
                continue;
            }

            if (space)
            {
                result.Append(' ');
                space = false;
            }

            result.Append(char.ToLowerInvariant(c));
        }

        return result.ToString();
    }
}
