using InfluencerCrm.Core.Inbound;
using Xunit;

namespace InfluencerCrm.Mail.Tests.Reading;

/// <summary>Notices of mail servers that keep to no standard, in the words of their makers' kind.</summary>
public sealed class BounceNoticeTests
{
    [Theory]
    [InlineData("This is the mail system at host mx.example.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<claire@paper.example>: host mail.paper.example[192.0.2.1] said: 550 5.1.1\n    <claire@paper.example>: Recipient address rejected: User unknown in virtual\n    mailbox table (in reply to RCPT TO command)", BounceType.Hard, "5.1.1")]
    [InlineData("<claire@paper.example>: host mail.paper.example[192.0.2.1] said: 452 4.2.2 The email account that you tried to reach is over quota (in reply to RCPT TO command)", BounceType.Soft, "4.2.2")]
    [InlineData("Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<claire@paper.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 554 delivery error: dd This user doesn't have a paper.example account (claire@paper.example) [0] - mta1\nGiving up on 192.0.2.1.", BounceType.Hard, "5.1.1")]
    [InlineData("Your message did not reach some or all of the intended recipients.\n\n      Subject:\tA battery\n      Sent:\t02/03/2026 09:00\n\nThe following recipient(s) cannot be reached:\n\n      claire@paper.example on 02/03/2026 09:01\n            The e-mail account does not exist at the organization this message was sent to.  Check the e-mail address, or contact the recipient directly to find out the correct address.\n            <mx.example #5.1.1>", BounceType.Hard, "5.1.1")]
    [InlineData("Your message\n\n  Subject: A battery\n\nwas not delivered to:\n\n  claire@paper.example\n\nbecause:\n\n  User claire (claire@paper.example) not listed in Domino Directory", BounceType.Hard, "5.1.1")]
    [InlineData("A message that you sent could not be delivered to one or more of its recipients. This is a permanent error. The following address failed:\n\n\"claire@paper.example\":\nSMTP error from remote server for RCPT TO command, host: mx.paper.example (192.0.2.7) reason: 550 Requested action not taken: mailbox unavailable", BounceType.Hard, "5.1.1")]
    [InlineData("The following message to <claire@paper.example> was undeliverable.\nThe reason for the problem:\n5.3.0 - Other mail system problem 550-'5.7.1 Message blocked due to spam content'", BounceType.Soft, "5.7.1")]
    [InlineData("Message could not be delivered to claire@paper.example\n\n554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org", BounceType.Soft, "5.7.1")]
    [InlineData("Votre message n'a pas pu être remis au destinataire suivant :\n\nclaire@paper.example\n\nL'adresse du destinataire n'existe pas ou est incorrecte.", BounceType.Hard, "5.1.1")]
    [InlineData("Votre message n'a pas pu être remis à claire@paper.example.\n\nLa boîte aux lettres du destinataire est pleine.", BounceType.Soft, "5.2.2")]
    [InlineData("Ihre E-Mail konnte nicht zugestellt werden an:\n\nclaire@paper.example\n\nDer Empfänger ist unbekannt.", BounceType.Hard, "5.1.1")]
    [InlineData("Die folgende Nachricht konnte nicht zugestellt werden an <claire@paper.example>\n\nDas Postfach ist voll.", BounceType.Soft, "5.2.2")]
    [InlineData("Fehler bei der Nachrichtenzustellung an folgende Empfänger:\n\nclaire@paper.example\nDas Postfach des Empfängers ist voll und kann keine Nachrichten annehmen.", BounceType.Soft, "5.2.2")]
    [InlineData("Lo sentimos, no se ha podido entregar su mensaje a la siguiente dirección:\n\n<claire@paper.example>:\nEl buzón de correo está lleno", BounceType.Soft, "5.2.2")]
    [InlineData("<claire@paper.example>: host mx.paper.example said: 550 5.2.1 This mailbox has been blocked due to inactivity (in reply to RCPT TO command)", BounceType.Hard, "5.2.1")]
    [InlineData("No se pudo entregar el mensaje a:\n\nclaire@paper.example\n\nEl usuario no existe en este servidor.", BounceType.Hard, "5.1.1")]
    [InlineData("Il messaggio non è stato consegnato a:\n\nclaire@paper.example\n\nIl destinatario è sconosciuto.", BounceType.Hard, "5.1.1")]
    [InlineData("Uw bericht kon niet worden bezorgd bij:\n\nclaire@paper.example\n\nDe ontvanger is onbekend op deze server.", BounceType.Hard, "5.1.1")]
    [InlineData("Delivery to the following recipient failed permanently:\n\n     claire@paper.example\n\nTechnical details of permanent failure:\nDNS Error: Domain name not found", BounceType.Hard, "5.1.2")]
    [InlineData("----- The following addresses had permanent fatal errors -----\n<claire@paper.example>\n\n   ----- Transcript of session follows -----\n... while talking to mx.paper.example.:\n>>> DATA\n<<< 552 5.3.4 Message size exceeds fixed limit\n554 5.0.0 Service unavailable", BounceType.Soft, "5.3.4")]
    public void ANotice_SaysWhomAndWhy(string body, BounceType type, string status)
    {
        var reading = ReadMails.Notice(body);

        Assert.Equal(InboundKind.Bounce, reading.Kind);
        var row = Assert.Single(reading.Recipients);
        Assert.Equal(("claire@paper.example", type, status), (row.Recipient, row.Type, row.Status));
        Assert.NotNull(row.Reason);
    }

    [Theory]
    [InlineData("Warning: message 1abc delayed 24 hours", "This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue on mx.example.\n\nThe address to which the message has not yet been delivered is:\n\n  claire@paper.example\n\nNo action is required on your part. Delivery attempts will continue for\nsome time, and this warning may be repeated at intervals if the message\nremains undelivered.")]
    [InlineData("Delivery Status Notification (Delay)", "This is an automatically generated Delivery Status Notification\n\nTHIS IS A WARNING MESSAGE ONLY.\n\nYOU DO NOT NEED TO RESEND YOUR MESSAGE.\n\nDelivery to the following recipient has been delayed:\n\n     claire@paper.example\n\nMessage will be retried for 2 more day(s)")]
    [InlineData("Warning: could not send message for past 4 hours", "    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\n   ----- Transcript of session follows -----\n<claire@paper.example>... Deferred: Connection timed out with mx.paper.example.\nWarning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old")]
    [InlineData("Remise différée", "Votre message a été retardé et n'a pas encore été remis à :\n\nclaire@paper.example\n\nLe serveur effectuera de nouvelles tentatives pendant 2 jours.")]
    public void ANoticeOfDelay_IsNoBounce(string subject, string body)
    {
        var reading = ReadMails.Notice(body, subject);

        Assert.Equal(InboundKind.Delay, reading.Kind);
        Assert.Equal(("claire@paper.example", ReportedAction.Delayed, null), (reading.Recipients[0].Recipient, reading.Recipients[0].Action, reading.Recipients[0].Type));
    }

    [Theory]
    [InlineData("550 5.1.1 RESOLVER.ADR.RecipNotFound; not found", "5.1.1", BounceType.Hard)]
    [InlineData("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", "5.1.10", BounceType.Hard)]
    [InlineData("550 5.4.1 Recipient address rejected: Access denied.", "5.4.1", BounceType.Hard)]
    [InlineData("550 5.2.1 The email account that you tried to reach is disabled", "5.2.1", BounceType.Hard)]
    [InlineData("552 5.2.2 The email account that you tried to reach is over quota", "5.2.2", BounceType.Soft)]
    [InlineData("550 5.7.26 Unauthenticated email from agency.example is not accepted due to domain's DMARC policy", "5.7.26", BounceType.Soft)]
    [InlineData("550 5.7.1 [192.0.2.1] Our system has detected that this message is likely unsolicited mail", "5.7.1", BounceType.Soft)]
    [InlineData("553 5.1.8 Domain of sender address press@agency.example does not exist", "5.1.8", BounceType.Soft)]
    [InlineData("451 4.7.1 Greylisting in action, please come back later", "4.7.1", BounceType.Soft)]
    [InlineData("550 5.4.316 Message expired, connection refused(Socket error code 10061)", "5.4.316", BounceType.Soft)]
    [InlineData("550 No such user here", "5.1.1", BounceType.Hard)]
    [InlineData("554 5.4.6 Hop count exceeded - possible mail loop", "5.4.6", BounceType.Soft)]
    public void AReport_IsHard_OnlyWhereTheAddressIsAtFault(string diagnostic, string status, BounceType type)
    {
        var reading = ReadMails.Read(Report(("claire@paper.example", "failed", "5.0.0", diagnostic)));

        Assert.Equal(InboundKind.Bounce, reading.Kind);
        Assert.Equal((status, type), (reading.Recipients[0].Status, reading.Recipients[0].Type));
    }

    [Fact]
    public void AReport_OfSeveralRecipients_HasARowEach()
    {
        var reading = ReadMails.Read(Report(("a@paper.example", "delivered", "2.0.0", "250 ok"), ("b@paper.example", "delayed", "4.4.1", "timed out"), ("c@paper.example", "failed", "5.1.1", "550 unknown")));

        Assert.Equal(InboundKind.Bounce, reading.Kind);
        Assert.Equal([ReportedAction.Delivered, ReportedAction.Delayed, ReportedAction.Failed], reading.Recipients.Select(r => r.Action));
    }

    [Theory]
    [InlineData("relayed")]
    [InlineData("delivered")]
    [InlineData("expanded")]
    public void AReportOfDelivery_IsOther(string action)
    {
        var reading = ReadMails.Read(Report(("a@paper.example", action, "2.0.0", "250 ok")));

        Assert.Equal((InboundKind.Other, ReportedAction.Delivered), (reading.Kind, reading.Recipients[0].Action));
    }

    [Fact]
    public void APersonWhoSpeaksOfABounce_HasReplied() =>
        Assert.Equal(InboundKind.Reply, ReadMails.Written("Your last mail was rejected by our server: 550 5.7.1 blocked as spam. Please send it again to my other address.", "Re: Undeliverable: A battery").Kind);

    private static string Report(params (string Recipient, string Action, string Status, string Diagnostic)[] rows) => $"""
        Return-Path: <>
        From: Mail Delivery System <MAILER-DAEMON@mx.example>
        To: bounce+0123456789abcdef01234567@agency.example
        Subject: Delivery report
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="x"

        --x
        Content-Type: text/plain

        See below.

        --x
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example

        {string.Join("\n\n", rows.Select(r => $"Final-Recipient: rfc822; {r.Recipient}\nAction: {r.Action}\nStatus: {r.Status}\nDiagnostic-Code: smtp; {r.Diagnostic}"))}

        --x
        Content-Type: text/rfc822-headers

        Message-ID: <0123456789abcdef01234567@agency.example>
        To: claire@paper.example

        --x--
        """;
}
