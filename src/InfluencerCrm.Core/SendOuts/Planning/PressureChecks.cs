using System.Globalization;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>What is said about people who were approached lately; never by whom else, which may lie behind a wall.</summary>
internal static class PressureChecks
{
    /// <summary>One follow-up is welcome, a second is not.</summary>
    public static void AddReminded(ProblemList problems, Recipient person, bool overridden) =>
        problems.About(person, ProblemSeverity.Warning, "secondFollowUp", "", overridden
            ? "was reminded of this mail before; reminded again, as you asked."
            : "was reminded of this mail before; skipped, unless you schedule with overridePressure and a reason.");

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
