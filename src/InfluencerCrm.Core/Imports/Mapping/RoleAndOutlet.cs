using System.Collections.Frozen;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Imports.Mapping;

/// <summary>
/// Parts a cell that says both what somebody is and where: "Rédactrice en chef, Le Soir de Lyon", "Le Soir – journaliste", "Journalist
/// at The Pylon". In doubt it parts nothing: "Rédactrice en chef, énergie" is one function.
/// </summary>
internal static class RoleAndOutlet
{
    private static readonly string[] Between = [" at ", " @ ", " chez ", " à la rédaction de ", " bei "];

    private static readonly string[] Beside = [" – ", " — ", " - ", " | ", " / ", ", ", "\n"];

    private static readonly FrozenSet<string> Roles = Set(
        "journaliste journalist reporter reportrice editor redacteur redactrice redac pigiste freelance correspondent correspondant correspondante chroniqueur "
        + "chroniqueuse columnist animateur animatrice presentateur presentatrice presenter writer producer producteur productrice photographe photographer "
        + "directeur directrice director chef critique critic blogueur blogueuse blogger editorialiste envoye envoyee responsable anchor jri redakteur redakteurin "
        + "journalistin grandreporter host secretaire stagiaire");

    /// <summary>Words by which an outlet's name is told from a subject.</summary>
    private static readonly FrozenSet<string> OutletWords = Set(
        "le la les l the der die das el il lo radio tv tele television news times post journal magazine mag hebdo presse press gazette tribune quotidien matin "
        + "soir depeche echo fm france herald chronicle observer guardian zeitung kurier courrier revue weekly daily media podcast");

    /// <summary>The two parts; null where the text is not plainly both.</summary>
    public static (string Role, string Outlet)? Part(string text)
    {
        foreach (var word in Between)
        {
            if (Split(text, word) is var (left, right) && IsRole(left) && char.IsUpper(right[0]))
            {
                return (left, right);
            }
        }

        foreach (var sign in Beside)
        {
            if (Split(text, sign) is not var (left, right))
            {
                continue;
            }

            if (IsRole(left) && !IsRole(right) && IsOutlet(right))
            {
                return (left, right);
            }

            // An outlet before its function is a habit of lists; a subject never comes first.
            if (IsRole(right) && !IsRole(left) && (char.IsUpper(left[0]) || char.IsDigit(left[0])))
            {
                return (right, left);
            }
        }

        return null;
    }

    private static (string Left, string Right)? Split(string text, string separator)
    {
        var at = text.IndexOf(separator, StringComparison.OrdinalIgnoreCase);
        if (at <= 0)
        {
            return null;
        }

        var (left, right) = (text[..at].Trim(), text[(at + separator.Length)..].Trim());
        return left.Length > 0 && right.Length > 0 ? (left, right) : null;
    }

    /// <summary>"Rédactrice en chef adjointe", "Grand reporter", "Senior science editor".</summary>
    private static bool IsRole(string text)
    {
        var words = text.Split([' ', '-', '\u00a0'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length is > 0 and <= 6 && !IsArticle(words[0]) && (Roles.Contains(Key(words[0])) || Roles.Contains(Key(words[^1])));
    }

    private static bool IsOutlet(string text)
    {
        var words = text.Split([' ', '\'', '’', '\u00a0'], StringSplitOptions.RemoveEmptyEntries);
        return (char.IsUpper(text[0]) || char.IsDigit(text[0])) && Array.Exists(words, w => OutletWords.Contains(Key(w)) || w.Contains('.', StringComparison.Ordinal));
    }

    private static bool IsArticle(string word) => word is "Le" or "La" or "Les" or "L'" or "L’" or "The";

    /// <summary>"rédacteur·rice", "journaliste(s)": by the first of them.</summary>
    private static string Key(string word)
    {
        var end = word.AsSpan().IndexOfAny("(·/");
        return WordKey.Of(end > 0 ? word[..end] : word);
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
