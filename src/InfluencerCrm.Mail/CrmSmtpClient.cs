using MailKit.Net.Smtp;
using MimeKit;

namespace InfluencerCrm.Mail;

/// <summary>MailKit's client with the stage kept, messages left as composed, and one round trip less where the server has CHUNKING.</summary>
internal sealed class CrmSmtpClient(SmtpDialogue dialogue) : SmtpClient(dialogue)
{
    /// <summary>BDAT needs no answer before the data.</summary>
    protected override bool PreferSendAsBinaryData => true;

    private bool UsesBdat => (Capabilities & (SmtpCapabilities.Chunking | SmtpCapabilities.BinaryMime)) != 0;

    /// <summary>The composer made it fit for every server; changing it now would break its signature.</summary>
    protected override void Prepare(FormatOptions options, MimeMessage message, EncodingConstraint constraint, int maxLineLength)
    {
    }

    protected override void OnSenderNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        dialogue.Refused();
        base.OnSenderNotAccepted(message, mailbox, response);
    }

    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => dialogue.RecipientAccepted(UsesBdat);

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        dialogue.Refused();
        base.OnRecipientNotAccepted(message, mailbox, response);
    }
}
