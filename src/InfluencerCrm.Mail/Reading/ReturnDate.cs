using System.Globalization;
using System.Text.RegularExpressions;
using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Mail.Reading;

/// <summary>The day somebody says they will be back, in the words of six languages; null where it cannot be read for certain.</summary>
internal static class ReturnDate
{
    /// <summary>Nobody is believed to be away for longer.</summary>
    private const int LongestDays = 400;

    private const string Months = "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|januar|februar|marz|maerz|juni|juli|oktober|dezember|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|januari|februari|maart|mei|augustus|janv|fevr|avr|juil|okt|dez|ene|abr|ago|dic|gen|giu|lug|set|ott|mrt";
    private const string Weekdays = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lunes|martes|miercoles|jueves|viernes|sabado|domingo|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag";

    // Before a date they say that it is the end of the absence.
    private static readonly HashSet<string> Until = Set(
        "until till through thru return returning returns back resume rejoin jusqu'au jusqu'a jusqu'en jusque retour reprendrai reviens reviendrai reviendrons joignable bis zuruck wieder ruckkehr hasta regreso regresare regresando vuelta vuelvo volvere fino rientro rientrero rientrando torno tornero ritorno tot terug t/m");

    // They do so in a range, or with a word of return behind them.
    private static readonly HashSet<string> Weak = Set("au al and to ab vanaf a -");

    // May stand between the two: an article, a weekday, "in the office on".
    private static readonly HashSet<string> Between = Set(
        "the on le la de du des au a dem den der am zum vom el dia il giorno op in from office to at work bureau im buro ufficio oficina kantoor my desk and will einschliesslich incl including inclus erreichbar fur fuer sie da morning ensemble partir partire di und mit l'ufficio il mio au no ab vanaf mi sede dal next e y et i en met t/m "
        + Weekdays.Replace('|', ' '));

    private const string Inclusive = "(,? (?:inclu[a-z]*|inkl[a-z]*|einschl[a-z]*|compris|compreso))?";

    private static readonly Regex DayFirst = Patterns.Of($@"\b(\d\d?)(?:st|nd|rd|th|er|e|o|\.)?(?: of| de| di)? ?({Months})\b\.?(?:,? ?(?:de |del )?(\d\d\d\d))?{Inclusive}");
    private static readonly Regex MonthFirst = Patterns.Of($@"\b({Months})\.? (\d\d?)(?:st|nd|rd|th)?\b(?:,? (\d\d\d\d))?{Inclusive}");
    private static readonly Regex Numeric = Patterns.Of($@"\b(\d\d?)([./\-])(\d\d?)(?:[./\-](\d\d\d\d|\d\d))?\b\.?{Inclusive}");
    private static readonly Regex Iso = Patterns.Of($@"\b(\d\d\d\d)-(\d\d)-(\d\d)\b{Inclusive}");
    private static readonly Regex Weekday = Patterns.Of($@"\b({Weekdays})\b");

    // "From 1 to 15 May", "du 1er au 15 mai": the words of a range alone say nothing of absence.
    private static readonly PatternList Range = Patterns.AnyOf(@"\b(?:from|between|du|vom|von|del|dal|van|de) (?:the |le |dem |el |il )?(?:[a-z]+ )?\d\d?", @"\bab (?:dem )?\d", @"joignable|reachable|erreichbar|wieder|de nouveau");

    /// <param name="written">The day the mail was written; a date without a year is the next one after it.</param>
    public static DateOnly? In(string words, DateOnly written)
    {
        var text = SearchText.Normalise(words.Length > ReadLimits.LineLength ? words[..ReadLimits.LineLength] : words);
        var english = LooksEnglish.IsMatch(text);
        var found = Of(DayFirst, text, 4, m => Date(Int(m, 3), MonthOf(m.Groups[2].Value), Int(m, 1), written))
            .Concat(Of(MonthFirst, text, 4, m => Date(Int(m, 3), MonthOf(m.Groups[1].Value), Int(m, 2), written)))
            .Concat(Of(Iso, text, 4, m => Date(Int(m, 1), Int(m, 2), Int(m, 3), written)))
            .Concat(Of(Numeric, text, 5, m => Numbers(m, english, written)))
            .Where(d => d >= written && d <= written.AddDays(LongestDays)).ToList();
        if (found.Count > 0) return found.Max();
        var weekday = Weekday.Matches(text).FirstOrDefault(m => IsEnd(text, m.Index, weak: false));
        return weekday is null ? null : Next(weekday.Value, written);
    }

    // "tot en met 15 maart", "through 15 March": the day itself is still away.
    private static readonly HashSet<string> Including = Set("met t/m einschliesslich through thru");

    private static IEnumerable<DateOnly> Of(Regex form, string text, int inclusive, Func<Match, DateOnly?> read) =>
        from match in form.Matches(text)
        where IsEnd(text, match.Index, weak: true)
        let date = read(match)
        where date is not null
        select date.Value.AddDays(match.Groups[inclusive].Success || Before(text, match.Index).TakeLast(4).Any(Including.Contains) ? 1 : 0);

    /// <summary>The words before the date say that the absence ends there.</summary>
    private static bool IsEnd(string text, int index, bool weak)
    {
        var range = false;
        foreach (var word in Before(text, index).Reverse().Take(8))
        {
            if (Until.Contains(word)) return true;
            range |= Weak.Contains(word);
            if (!Between.Contains(word) && !Weak.Contains(word)) break;
        }

        return weak && range && Range.IsMatch(text);
    }

    private static string[] Before(string text, int index) => text[Math.Max(0, index - 80)..index].Split([' ', ',', ':', '(', ')', '"'], StringSplitOptions.RemoveEmptyEntries);

    private static HashSet<string> Set(string words) => [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static readonly Regex LooksEnglish = Patterns.Of(@"\b(?:the|will|i am|i'm|my|you|your|until|back)\b");

    private static int? Int(Match match, int group) => match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : null;

    private static DateOnly? Numbers(Match match, bool english, DateOnly written)
    {
        var (first, second) = (Int(match, 1)!.Value, Int(match, 3)!.Value);
        var year = Int(match, 4) is { } y ? y < 100 ? 2000 + y : y : (int?)null;

        // Day first everywhere but in American English, where 5/6 may be either; the dot and the dash are nobody's month first.
        if (english && match.Groups[2].Value == "/" && first != second)
        {
            return first > 12 ? Date(year, second, first, written) : second > 12 ? Date(year, first, second, written) : null;
        }

        return Date(year, second, first, written);
    }

    private static DateOnly? Date(int? year, int? month, int? day, DateOnly written)
    {
        if (month is not (>= 1 and <= 12) || day is not >= 1 || year is < 1 or > 9990) return null;
        if (year is { } stated) return day <= DateTime.DaysInMonth(stated, month.Value) ? new DateOnly(stated, month.Value, day.Value) : null;
        foreach (var next in new[] { written.Year, written.Year + 1 })
        {
            if (next <= 9990 && day <= DateTime.DaysInMonth(next, month.Value) && new DateOnly(next, month.Value, day.Value) is var date && date >= written) return date;
        }

        return null;
    }

    private static int MonthOf(string name) => name[..Math.Min(3, name.Length)] switch
    {
        "jan" or "ene" or "gen" => 1,
        "feb" or "fev" => 2,
        "mar" or "maa" or "mae" or "mrt" => 3,
        "apr" or "avr" or "abr" => 4,
        "may" or "mai" or "mag" or "mei" => 5,
        "jun" or "giu" => 6,
        "jui" => name.StartsWith("juil", StringComparison.Ordinal) ? 7 : 6,
        "jul" or "lug" => 7,
        "aug" or "aou" or "ago" => 8,
        "sep" or "set" => 9,
        "oct" or "okt" or "ott" => 10,
        "nov" => 11,
        _ => 12,
    };

    private static DateOnly? Next(string weekday, DateOnly written)
    {
        var index = Array.IndexOf(Weekdays.Split('|'), weekday) % 7;
        var day = (DayOfWeek)((index + 1) % 7);
        var ahead = ((int)day - (int)written.DayOfWeek + 7) % 7;
        return written.AddDays(ahead == 0 ? 7 : ahead);
    }
}
