using System.Text;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>One header line of a mail.</summary>
/// <param name="Name">Name of the header.</param>
/// <param name="Value">Its text, unfolded.</param>
public sealed record MailHeader(string Name, string Value);

/// <summary>A mail as its recipient gets it.</summary>
/// <param name="Subject">Subject as sent.</param>
/// <param name="Text">The text part.</param>
/// <param name="Html">The HTML part.</param>
/// <param name="From">Sender, with the name.</param>
/// <param name="To">Recipient, with the name.</param>
/// <param name="Date">Date of the mail.</param>
/// <param name="Headers">All header lines, in order.</param>
public sealed record MessageContent(string Subject, string Text, string Html, string From, string To, DateTime Date, IReadOnlyList<MailHeader> Headers);

/// <summary>Makes the mail of a message again, as it left or will leave.</summary>
public sealed class ShowMessage(CrmDbContext db, IMailComposer composer, IOptions<SenderOptions> sender, IOptions<PublicAddress> address)
{
    /// <exception cref="NotFound">No such message, or it may not be seen.</exception>
    /// <exception cref="RuleViolation">There is no mail: nobody was to get one, or the person was erased.</exception>
    public async Task<MessageContent> ExecuteAsync(long messageId, CancellationToken ct)
    {
        var message = await db.Messages.AsNoTracking().FirstOrDefaultAsync(m => m.Id == messageId, ct) ?? throw new NotFound(Words.Of(typeof(Message)), messageId);
        var mails = await SendOutMails.LoadAsync(db, message.SendOutId, sender.Value, address.Value, ct);
        var mail = mails.Compose(message);
        return new MessageContent(mail.Subject, mail.TextBody, mail.HtmlBody, Address(mail.FromName, mail.FromAddress), Address(mail.ToName, mail.ToAddress), mail.Date, Headers(mail));
    }

    private static string Address(string? name, string address) => string.IsNullOrWhiteSpace(name) ? address : $"{name} <{address}>";

    private List<MailHeader> Headers(OutgoingMail mail)
    {
        // Header lines are ASCII or UTF-8, folded lines begin with white space, the first empty line ends them (RFC 5322 §2.2).
        var text = Encoding.UTF8.GetString(composer.Compose(mail).Span);
        var headers = new List<MailHeader>();
        foreach (var line in text[..text.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n"))
        {
            if (line[0] is ' ' or '\t')
            {
                headers[^1] = headers[^1] with { Value = $"{headers[^1].Value} {line.Trim()}" };
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                headers.Add(new MailHeader(line[..colon], line[(colon + 1)..].Trim()));
            }
        }

        return headers;
    }
}
