using System.Globalization;
using System.Text.RegularExpressions;

namespace InfluencerCrm.Core.Demo;

/// <summary>Times of the sample agency, all counted from one day.</summary>
internal sealed partial class DemoCalendar
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private readonly DateOnly _today;
    private readonly DemoRandom _random;
    private readonly List<int> _workdays;

    public DemoCalendar(DateOnly today, DemoRandom random)
    {
        _today = today;
        _random = random;

        // A day stands in the list as often as it is busy: Mondays are heavy, Fridays light.
        _workdays = [.. Enumerable.Range(1, 365).Select(d => -d).SelectMany(d => Enumerable.Repeat(d, Busy(today.AddDays(d))))];
    }

    public DateOnly Day(int offset) => _today.AddDays(offset);

    /// <summary>A time of a day in Paris (or another zone), as UTC.</summary>
    public DateTime At(int offset, int hour, int minute = 0, TimeZoneInfo? zone = null)
    {
        var local = _today.AddDays(offset).ToDateTime(new TimeOnly(hour, minute), DateTimeKind.Unspecified);
        zone ??= Paris;

        // An hour that the clock skips in March: the next one.
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);
    }

    /// <summary><c>D-30</c> or <c>D+9T06:00</c> of the briefs.</summary>
    public DateTime Parse(string text)
    {
        var match = Offset().Match(text);
        return At(
            int.Parse(match.Groups[1].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
            match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 9,
            match.Groups[3].Success ? int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture) : 0);
    }

    /// <summary>Replaces the offsets in a sentence of a brief by dates.</summary>
    public string Spell(string text) => Offset().Replace(text, m =>
    {
        var day = Day(int.Parse(m.Groups[1].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        return m.Groups[2].Success ? $"{day} {m.Groups[2].Value} h {m.Groups[3].Value}" : day;
    });

    /// <summary>A working day of the last year.</summary>
    public int Workday() => _random.Pick(_workdays);

    /// <summary>A working day between two offsets; the nearest earlier one where all of them are holidays.</summary>
    public int Workday(int from, int to)
    {
        var days = _workdays.Where(d => d >= from && d <= to).ToList();
        if (days.Count > 0)
        {
            return _random.Pick(days);
        }

        while (Busy(Day(to)) == 0)
        {
            to--;
        }

        return to;
    }

    public int WorkdayBefore(int offset)
    {
        while (IsWeekend(Day(offset)))
        {
            offset--;
        }

        return offset;
    }

    /// <summary>Whether the offices are empty: weekends, August, the end of December.</summary>
    public static bool IsQuiet(DateTime at) => Busy(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(at, Paris))) == 0;

    /// <summary>The same for a whole month or so, weekends left aside.</summary>
    public static bool IsHoliday(DateTime at) => IsHoliday(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(at, Paris)));

    /// <summary>Some time in working hours.</summary>
    public DateTime WorkingHour(int offset) => At(offset, _random.Between(9, 17), _random.Between(0, 11) * 5);

    private static int Busy(DateOnly day) =>
        IsWeekend(day) || IsHoliday(day) ? 0
        : day.DayOfWeek switch
        {
            DayOfWeek.Monday => 6,
            DayOfWeek.Friday => 2,
            _ => 3,
        };

    private static bool IsHoliday(DateOnly day) => day.Month == 8 || day is { Month: 12, Day: >= 20 } or { Month: 1, Day: < 3 };

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    [GeneratedRegex(@"D([+-]\d+)(?:T(\d\d):(\d\d))?(?: Europe/Paris)?")]
    private static partial Regex Offset();
}
