using MimeKit;

namespace InfluencerCrm.Mail;

/// <summary>A finished message with its envelope; nothing may change it any more, it may be signed.</summary>
internal sealed record ComposedMail(MimeMessage Message, FormatOptions Format, MailboxAddress EnvelopeFrom, MailboxAddress To) : IDisposable
{
    /// <summary>A local part outside ASCII: only a server with SMTPUTF8 can take it.</summary>
    public bool NeedsUtf8 => Format.International;

    /// <summary>MailKit asks for SMTPUTF8 on its own as soon as a domain is outside ASCII, if the server offers it.</summary>
    public bool IsInternational => NeedsUtf8 || EnvelopeFrom.IsInternational || To.IsInternational;

    public void Dispose() => Message.Dispose();
}
