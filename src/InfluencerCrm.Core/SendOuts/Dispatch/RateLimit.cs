using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>A pace that somebody set: so many messages a minute, or in any 24 hours.</summary>
/// <param name="Subject">Whose pace, as <see cref="RateBudget.Subject"/> names it.</param>
public sealed record RateLimit(string Subject, RateWindow Window, int Messages)
{
    /// <summary>
    /// Mail servers count the last 24 hours, not the day of a calendar: who sends all of a day's mails before midnight and all of the next
    /// day's after it has sent twice what they take. Counted in slices, a day ends at most one slice late.
    /// </summary>
    private static readonly TimeSpan SliceOfADay = TimeSpan.FromMinutes(10);

    public static string SendOut(int id) => "sendOut:" + id.ToString(CultureInfo.InvariantCulture);

    public static string Account(int id) => "account:" + id.ToString(CultureInfo.InvariantCulture);

    public const string Server = "server";

    /// <summary>By a hash: a domain may be longer than a budget's name.</summary>
    public static string Domain(string domain) => "domain:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(domain)).AsSpan(0, 12));

    /// <summary>When the row begins that counts what is used at this moment: the minute, or the slice of a day.</summary>
    public DateTime WindowOf(DateTime now) =>
        new(now.Ticks - (now.Ticks % (Window == RateWindow.Day ? SliceOfADay.Ticks : TimeSpan.TicksPerMinute)), DateTimeKind.Utc);

    /// <summary>From which row on others count as well; null: a minute stands by itself.</summary>
    public DateTime? CountsFrom(DateTime now) => Window == RateWindow.Day ? WindowOf(now).AddDays(-1) : null;

    /// <summary>
    /// What may have been used by this moment of the window. A minute's allowance opens second by second, so that a pace of 60 is one
    /// mail a second and not sixty at once; a day's is open at once.
    /// </summary>
    public int OpenAt(DateTime now) =>
        Window == RateWindow.Day ? Messages : (int)Math.Ceiling(Messages * (Math.Floor((now - WindowOf(now)).TotalSeconds) + 1) / 60);

    /// <summary>
    /// What counts as used when a window is first looked at: the seconds that went by before are gone, or a send-out that begins late in a
    /// minute would send all of the minute's mails at once. One mail is always left, so that a pace of one a minute does not wait for ever.
    /// </summary>
    public int UsedAtFirst(DateTime now) => Window == RateWindow.Day ? 0 : Math.Max(0, OpenAt(now) - Math.Max(1, Messages / 60));
}
