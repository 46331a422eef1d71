using System.Text.RegularExpressions;

namespace InfluencerCrm.Mail.Reading;

/// <summary>The codes in a server's words.</summary>
/// <param name="Reply">SMTP reply (RFC 5321): 550.</param>
/// <param name="Enhanced">Enhanced status (RFC 3463): 5.1.1.</param>
internal sealed record SmtpStatus(int? Reply, string? Enhanced)
{
    // What follows a reply code says more than what a relay in between made of it.
    private static readonly Regex Both = Patterns.Of(@"(?:^|[^0-9.])([245]\d\d)[ \-:'""(#]{1,4}([245]\.\d{1,2}\.\d{1,3})(?:[^0-9.]|\.?$|\.[^0-9])");
    private static readonly Regex EnhancedOnly = Patterns.Of(@"(?:^|[^0-9.])([245]\.\d{1,2}\.\d{1,3})(?:[^0-9.]|\.?$|\.[^0-9])");
    private static readonly Regex ReplyOnly = Patterns.Of(@"(?:^|[\s:;('""<>\[{=#])([245][0-5]\d)(?:[ \-:'"",;.)\]]|$)");

    public static SmtpStatus In(string text)
    {
        var both = Both.Matches(text);
        if (both.Count > 0)
        {
            // The last is the one of the server furthest away.
            var specific = both.FirstOrDefault(m => !IsVague(m.Groups[2].Value)) ?? both[0];
            return new SmtpStatus(Number(specific.Groups[1].Value), specific.Groups[2].Value);
        }

        var enhanced = EnhancedOnly.Matches(text).Select(m => m.Groups[1].Value).ToList();
        var reply = ReplyOnly.Match(text);
        return new SmtpStatus(reply.Success ? Number(reply.Groups[1].Value) : null, enhanced.Find(e => !IsVague(e)) ?? enhanced.FirstOrDefault());
    }

    /// <summary>"5.0.0", "5.5.0": says no more than its first digit.</summary>
    public static bool IsVague(string? enhanced) => enhanced is null || enhanced.EndsWith(".0.0", StringComparison.Ordinal) || enhanced.EndsWith(".5.0", StringComparison.Ordinal);

    private static int Number(string digits) => int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
}
