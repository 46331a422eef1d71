using System.Globalization;
using System.Text;

namespace InfluencerCrm.Core.Data;

/// <summary>
/// The form in which texts are searched on all three databases: lower case, no accents, ligatures spelt out,
/// apostrophes and white space made one. Stored beside the text, and applied to what is searched for.
/// </summary>
public static class SearchText
{
    public static string Normalise(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        // Most cells of a contact file are plain ASCII; they need no Unicode decomposition.
        if (Ascii.IsValid(text))
        {
            return Fold(text);
        }

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

        return Fold(folded.ToString());
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
