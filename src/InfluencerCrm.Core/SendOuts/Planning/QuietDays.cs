using System.Globalization;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>Days on which no mail leaves, as people write them: a weekday (<c>saturday</c>), a date (<c>2026-12-25</c>), or a date of every year (<c>12-25</c>).</summary>
internal static class QuietDays
{
    private const string EveryYear = "MM-dd";

    private const string Once = "yyyy-MM-dd";

    public static bool IsValid(string? day) => day is not null && (Weekday(day) is not null || IsDate(day, Once) || IsEveryYear(day));

    /// <summary>In the order given, each once.</summary>
    /// <exception cref="RuleViolation">A value is no day, or every weekday is quiet, so that nothing would ever leave.</exception>
    public static List<string> Checked(List<string>? days, string target)
    {
        var checkedDays = ValueLists.Words(days, target).ConvertAll(d => d.ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToList();
        return checkedDays.Find(d => !IsValid(d)) is { } wrong
            ? throw new RuleViolation("invalidDay", $"{target}: \"{wrong}\" is no day; write a weekday (saturday), a date (2026-12-25), or a date of every year (12-25).", target)
            : LeaveADay(checkedDays)
            ? checkedDays
            : throw new RuleViolation("outOfRange", $"{target}: at least one weekday must be left for mails to leave on.", target);
    }

    public static bool LeaveADay(IEnumerable<string> days) => days.Select(Weekday).OfType<DayOfWeek>().Distinct().Count() < 7;

    public static bool Include(IEnumerable<string> days, DateOnly date)
    {
        var (once, everyYear) = (date.ToString(Once, CultureInfo.InvariantCulture), date.ToString(EveryYear, CultureInfo.InvariantCulture));
        return days.Any(d => d == once || d == everyYear || Weekday(d) == date.DayOfWeek);
    }

    private static DayOfWeek? Weekday(string day) =>
        day.Length > 0 && char.IsAsciiLetter(day[0]) && Enum.TryParse<DayOfWeek>(day, ignoreCase: true, out var weekday) ? weekday : null;

    private static bool IsDate(string day, string format) => DateOnly.TryParseExact(day, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    // Of a leap year, so that 02-29 is one.
    private static bool IsEveryYear(string day) => IsDate($"2028-{day}", Once);
}
