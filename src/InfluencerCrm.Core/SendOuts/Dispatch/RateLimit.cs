using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>A pace that somebody set: so many messages a minute or a day.</summary>
/// <param name="Subject">Whose pace, as <see cref="RateBudget.Subject"/> names it.</param>
public sealed record RateLimit(string Subject, RateWindow Window, int Messages)
{
    public static string SendOut(int id) => "sendOut:" + id.ToString(CultureInfo.InvariantCulture);

    public static string Account(int id) => "account:" + id.ToString(CultureInfo.InvariantCulture);

    public const string Server = "server";

    /// <summary>By a hash: a domain may be longer than a budget's name.</summary>
    public static string Domain(string domain) => "domain:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(domain)).AsSpan(0, 12));

    public DateTime WindowOf(DateTime now) =>
        Window == RateWindow.Day ? now.Date : new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);

    /// <summary>
    /// What may have been used by this moment of the window. A minute's allowance opens second by second, so that a pace of 60 is one
    /// mail a second and not sixty at once; a day's is open from its start.
    /// </summary>
    public int OpenAt(DateTime now) =>
        Window == RateWindow.Day ? Messages : (int)Math.Ceiling(Messages * (Math.Floor((now - WindowOf(now)).TotalSeconds) + 1) / 60);

    /// <summary>
    /// What counts as used when a window is first looked at: the seconds that went by before are gone, or a send-out that begins late in a
    /// minute would send all of the minute's mails at once. One mail is always left, so that a pace of one a minute does not wait for ever.
    /// </summary>
    public int UsedAtFirst(DateTime now) => Window == RateWindow.Day ? 0 : Math.Max(0, OpenAt(now) - Math.Max(1, Messages / 60));
}
