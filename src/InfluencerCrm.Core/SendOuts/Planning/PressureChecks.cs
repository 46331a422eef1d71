using System.Globalization;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>What is said about people who were approached lately; never by whom else, which may lie behind a wall.</summary>
internal static class PressureChecks
{
    public static void AddTo(ProblemList problems, Recipient person, Pressure past, bool blocked, bool overridden)
    {
        if (blocked)
        {
            var free = past.FreeAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            problems.About(person, ProblemSeverity.Warning, "contactPressure", "", overridden
                ? $"was approached for this client in the last {MeasurePressure.Window.Days} days; written to all the same, as you asked."
                : $"was approached for this client in the last {MeasurePressure.Window.Days} days; skipped, the next approach is due from {free}.");
        }
        else if (past.OfAgency >= MeasurePressure.AgencyLimit)
        {
            problems.About(person, ProblemSeverity.Warning, "agencyPressure", "",
                $"was approached {past.OfAgency} times by the agency in the last {MeasurePressure.Window.Days} days.");
        }
    }
}
