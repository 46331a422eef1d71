using System.Text;
using MimeKit;

namespace InfluencerCrm.TestKit.Smtp;

/// <summary>One mail as smtp-sink took it.</summary>
/// <param name="MailFrom">Arguments of MAIL, for example <c>&lt;a@example.org&gt; SIZE=10</c>.</param>
/// <param name="RcptTo">Arguments of each RCPT.</param>
/// <param name="Raw">The message's bytes, line ends CRLF again.</param>
public sealed record SinkMail(string MailFrom, IReadOnlyList<string> RcptTo, byte[] Raw)
{
    public MimeMessage Message => MimeMessage.Load(new MemoryStream(Raw));

    internal static SinkMail Read(string path)
    {
        // Latin-1 keeps every byte. Its own headers end with a Received of three lines; an empty line follows the mail.
        var lines = File.ReadAllText(path, Encoding.Latin1).Split('\n');
        var received = Array.FindIndex(lines, l => l.StartsWith("Received: from ", StringComparison.Ordinal));
        var own = lines[..received];
        var raw = string.Join("\r\n", lines[(received + 3)..^2]) + "\r\n";
        return new SinkMail(Values("X-Mail-Args").Single(), [.. Values("X-Rcpt-Args")], Encoding.Latin1.GetBytes(raw));

        IEnumerable<string> Values(string name) =>
            own.Where(l => l.StartsWith(name + ": ", StringComparison.Ordinal)).Select(l => l[(name.Length + 2)..]);
    }
}
