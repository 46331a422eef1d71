using InfluencerCrm.Core.Inbound;
using Xunit;

namespace InfluencerCrm.Mail.Tests.Reading;

public sealed class ReplyTextTests
{
    [Theory]
    [InlineData("On Mon, Mar 2, 2026 at 9:00 AM Press office <press@agency.example> wrote:")]
    [InlineData("On Mon, Mar 2, 2026 at 9:00 AM Press office of the agency with a long name\n<press@agency.example> wrote:")]
    [InlineData("Le lun. 2 mars 2026 à 09:00, Press office <press@agency.example> a écrit :")]
    [InlineData("Le 2 mars 2026 à 09:00, Press office\n<press@agency.example> a écrit :")]
    [InlineData("Am 02.03.2026 um 09:00 schrieb Press office:")]
    [InlineData("El lun, 2 mar 2026 a las 9:00, Press office (<press@agency.example>) escribió:")]
    [InlineData("Il giorno lun 2 mar 2026 alle ore 09:00 Press office <press@agency.example> ha scritto:")]
    [InlineData("Op ma 2 mrt 2026 om 09:00 schreef Press office <press@agency.example>:")]
    [InlineData("2026-03-02 9:00 GMT+01:00 Press office <press@agency.example>:")]
    [InlineData("-----Original Message-----")]
    [InlineData("-------- Message d'origine --------")]
    [InlineData("-----Ursprüngliche Nachricht-----")]
    [InlineData("________________________________\nDe : Press office <press@agency.example>\nEnvoyé : lundi 2 mars 2026 09:00\nÀ : Claire\nObjet : A battery")]
    [InlineData("From: Press office <press@agency.example>\nSent: Monday, March 2, 2026 9:00 AM\nTo: Claire\nSubject: A battery")]
    [InlineData("Von: Press office\nGesendet: Montag, 2. März 2026 09:00\nAn: Claire\nBetreff: A battery")]
    [InlineData("De: Press office\nEnviado: lunes, 2 de marzo de 2026 9:00\nPara: Claire\nAsunto: A battery")]
    [InlineData("Da: Press office\nInviato: lunedì 2 marzo 2026 09:00\nA: Claire\nOggetto: A battery")]
    [InlineData("Van: Press office\nVerzonden: maandag 2 maart 2026 09:00\nAan: Claire\nOnderwerp: A battery")]
    public void WhatIsQuoted_IsLeftOut(string header)
    {
        var reading = ReadMails.Written($"Yes, with pleasure.\nWhen?\n\n{header}\n\nDear Claire,\n\nIt lasts.\n");

        Assert.Equal((InboundKind.Reply, "Yes, with pleasure.\nWhen?"), (reading.Kind, reading.ReplyText));
    }

    [Fact]
    public void AnAnswerBelowTheQuote_IsKept() =>
        Assert.Equal("Yes.", ReadMails.Written("On 2 March 2026, Press office wrote:\n> Dear Claire,\n>\n> Interested?\n\nYes.\n").ReplyText);

    [Fact]
    public void ADateAndAName_BeforeQuotedLines_AreLeftOut() =>
        Assert.Equal("Yes.", ReadMails.Written("Yes.\n\n2026/3/2 Press office <press@agency.example>\n\n> It lasts.\n").ReplyText);

    [Theory]
    [InlineData("On Mon, Press office wrote:")]
    [InlineData("Press office a écrit :")]
    [InlineData("Press office schrieb am Montag:")]
    public void WhoWrote_BeforeQuotedLines_IsLeftOut(string header) =>
        Assert.Equal("Yes.", ReadMails.Written($"Yes.\n\n{header}\n> It lasts.\n").ReplyText);

    [Fact]
    public void WhoWrote_BeforeThePersonsOwnLines_IsTheirs() =>
        Assert.Equal("As my editor wrote:\nNo batteries this year.", ReadMails.Written("As my editor wrote:\nNo batteries this year.\n").ReplyText);

    [Fact]
    public void AnswersBetweenTheLines_AreKept() =>
        Assert.Equal("Hello,\n\nYes.\n\nTuesday.", ReadMails.Written("Hello,\n\nOn 2 March 2026, Press office wrote:\n> Interested?\n\nYes.\n\n> When?\n\nTuesday.\n").ReplyText);

    [Theory]
    [InlineData("-- \nClaire Martin\nThe Paper\n+33 1 23 45 67 89")]
    [InlineData("Sent from my iPhone")]
    [InlineData("Envoyé de mon iPhone")]
    [InlineData("Von meinem iPhone gesendet")]
    [InlineData("Enviado desde mi iPhone")]
    [InlineData("Inviato da iPhone")]
    [InlineData("Verstuurd vanaf mijn iPhone")]
    [InlineData("Get Outlook for iOS<https://aka.ms/x>")]
    [InlineData("Ce message et ses pièces jointes sont confidentiels et destinés à leur seul destinataire.")]
    public void ASignature_IsLeftOut(string signature) => Assert.Equal("Yes.", ReadMails.Written($"Yes.\n\n{signature}\n").ReplyText);

    [Fact]
    public void BelowAClosing_TheNameStays_AndTheCardGoes() =>
        Assert.Equal("Oui, volontiers.\n\nCordialement,\nClaire Martin", ReadMails.Written("Oui, volontiers.\n\nCordialement,\nClaire Martin\nGrand reporter\nThe Paper\nTél. : +33 1 23 45 67 89\nwww.paper.example\n").ReplyText);

    [Theory]
    [InlineData("On the phone he wrote: nothing.\nSo no.")]
    [InlineData("From: Paris\nI go on Monday.")]
    [InlineData("Le prix est-il de 20 euros ?\nMerci, Claire")]
    public void ThePersonsOwnLines_AreKept(string body) => Assert.Equal(body, ReadMails.Written(body).ReplyText);

    [Fact]
    public void Outlook_InHtml_IsCutAtItsHeaders()
    {
        var reading = ReadMails.Read("""
            From: claire@paper.example
            To: press@agency.example
            Subject: RE: A battery
            Content-Type: text/html; charset=utf-8

            <html><head><style>p{margin:0}</style></head><body><div><p>Oui&nbsp;!</p><p>Quand ?</p></div>
            <div id="divRplyFwdMsg"><hr><b>De&nbsp;:</b> Press office<br><b>Envoyé&nbsp;:</b> lundi 2 mars 2026<br><b>À&nbsp;:</b> Claire<br><b>Objet&nbsp;:</b> A battery</div>
            <div>Dear Claire</div></body></html>
            """);

        Assert.Equal((InboundKind.Reply, "Oui !\n\nQuand ?"), (reading.Kind, reading.ReplyText));
    }

    [Fact]
    public void ANewMail_IsOther_WithItsText()
    {
        var reading = ReadMails.Written("Do you have a battery for me?", "A question");

        Assert.Equal((InboundKind.Other, "Do you have a battery for me?"), (reading.Kind, reading.ReplyText));
    }

    [Fact]
    public void AReadReceipt_IsOther() =>
        Assert.Equal(InboundKind.Other, ReadMails.Read("From: claire@paper.example\nSubject: Read: A battery\nContent-Type: multipart/report; report-type=disposition-notification; boundary=x\n\n--x\nContent-Type: text/plain\n\nYour message was read.\n--x\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;claire@paper.example\nDisposition: manual-action/MDN-sent-manually; displayed\n--x--\n").Kind);
}
