using System.Globalization;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>Says how many mails leave later than asked for, why, and when the first and the last of them do.</summary>
internal sealed class WaitChecks(DueTimes times)
{
    private readonly List<DateTime> hours = [];
    private readonly List<DateTime> returns = [];

    /// <param name="floor">When the mail could leave if the person were there and every hour as good.</param>
    /// <param name="back">When the person is back, where that is waited for.</param>
    public void Read(Recipient person, DateTime floor, DateTime? back, DateTime dueAt)
    {
        if (back is not null)
        {
            returns.Add(dueAt);
        }
        else if (dueAt > times.Wished(person.Values.TimeZone, floor))
        {
            hours.Add(dueAt);
        }
    }

    public void AddTo(ProblemList problems)
    {
        Add(problems, "waitsForHours", hours, "Mails that wait for the sending hours where their recipients live");
        Add(problems, "waitsForReturn", returns, "Mails that wait until their recipients are back");
    }

    private static void Add(ProblemList problems, string code, List<DateTime> due, string words)
    {
        if (due.Count > 0)
        {
            problems.Warn(code, $"{words}: {due.Count}. The first leaves on {Text(due.Min())}, the last on {Text(due.Max())}.", due.Count);
        }
    }

    private static string Text(DateTime at) => at.ToString("yyyy-MM-dd 'at' HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
