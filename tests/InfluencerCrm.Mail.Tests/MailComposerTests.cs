using System.Text;
using System.Text.RegularExpressions;
using InfluencerCrm.Core.SendOuts;
using Microsoft.Extensions.Options;
using MimeKit;
using Xunit;

namespace InfluencerCrm.Mail.Tests;

public sealed partial class MailComposerTests
{
    private readonly MailComposer composer = new(Options.Create(new MailOptions()));

    [Fact]
    public void Compose_GivesTextAndHtmlAsAlternatives()
    {
        var message = Parse(TestMails.Plain());

        var alternative = Assert.IsType<MultipartAlternative>(message.Body);
        Assert.Equal(["text/plain", "text/html"], alternative.Select(p => p.ContentType.MimeType));
        Assert.All(alternative, p => Assert.Equal("utf-8", p.ContentType.Charset));
        Assert.Equal("Bonjour Jörg,\n\nvoici l’étude.\n", message.TextBody?.ReplaceLineEndings("\n"));
        Assert.Equal("<p>Bonjour Jörg,</p><p>voici l’étude.</p>\n", message.HtmlBody?.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("Hello.\nAll ASCII.", ContentEncoding.SevenBit)]
    [InlineData("Déjà vu à l’été, énergie.", ContentEncoding.QuotedPrintable)]
    [InlineData("能源与气候", ContentEncoding.Base64)]
    public void Compose_KeepsTextReadableWhereItCan(string text, ContentEncoding encoding)
    {
        var message = Parse(TestMails.Plain() with { TextBody = text });

        Assert.Equal(encoding, message.BodyParts.OfType<TextPart>().First().ContentTransferEncoding);
        Assert.Equal(text + "\n", message.TextBody?.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Compose_WritesTheHeadersOfTheMail()
    {
        var mail = TestMails.Plain() with { InReplyTo = "first@agency.example", References = ["zero@agency.example"] };

        var message = Parse(mail);

        Assert.Equal(mail.InternetMessageId, message.MessageId);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 8, 15, 30, TimeSpan.Zero), message.Date);
        Assert.Equal(("Léa Martin", "lea@agency.example"), Single(message.From));
        Assert.Equal(("Jörg Müller", "joerg@paper.example"), Single(message.To));
        Assert.Equal("press@agency.example", Single(message.ReplyTo).Address);
        Assert.Equal("Étude : l’énergie en 2026", message.Subject);
        Assert.Equal("fr", message.Body?.Headers[HeaderId.ContentLanguage]);
        Assert.Equal("first@agency.example", message.InReplyTo);
        Assert.Equal(["zero@agency.example", "first@agency.example"], message.References);
    }

    [Fact]
    public void Compose_TheSameMailTwice_GivesTheSameBytes()
    {
        var mail = TestMails.Plain() with { Attachments = [new MailAttachment("a.pdf", "application/pdf", "pdf"u8.ToArray())] };
        var other = new MailComposer(Options.Create(new MailOptions()));

        var first = composer.Compose(mail).ToArray();
        var second = other.Compose(mail with { }).ToArray();

        Assert.Equal(first, second);
    }

    [Fact]
    public void Compose_GivesTheBytesOfTheRecordedMail()
    {
        var mail = TestMails.Plain() with { Attachments = [new MailAttachment("étude.csv", "text/csv", "a;b\n"u8.ToArray())] };

        var text = Encoding.ASCII.GetString(composer.Compose(mail).Span);

        var recorded = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Recorded", "plain.eml")).ReplaceLineEndings("\r\n");
        Assert.Equal(recorded, text);
    }

    [Fact]
    public void Compose_EveryLine_IsAsciiAndEndsWithCrlfWithin998Characters()
    {
        var mail = TestMails.Plain() with
        {
            Subject = string.Concat(Enumerable.Repeat("énergie ", 40)),
            TextBody = new string('x', 5000) + "\nœuvre\r\rfin\n.\n",
            HtmlBody = $"<p>{new string('y', 5000)}</p>",
            UnsubscribeUrl = "https://crm.agency.example/u/" + new string('t', 800),
        };

        var bytes = composer.Compose(mail).ToArray();

        Assert.True(Ascii.IsValid(bytes));
        var text = Encoding.ASCII.GetString(bytes);
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain('\r', text.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.All(text.Split("\r\n"), l => Assert.True(l.Length <= 998, l));
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("é42")]
    [InlineData("énergie durable à Paris ")]
    [InlineData("能源")]
    [InlineData("ключевая энергия, ")]
    [InlineData("🌍")]
    [InlineData("plain words ")]
    [InlineData("=?utf-8?q?no?= ")]
    public void Compose_LongTexts_AreEncodedInWordsAndLinesOfTheAllowedLength(string piece)
    {
        var subject = string.Concat(Enumerable.Repeat(piece, 300 / piece.Length + 1)).Trim();
        var name = subject[..(100 / piece.Length * piece.Length)].Trim();

        var bytes = composer.Compose(TestMails.Plain() with { Subject = subject, FromName = name, ToName = name }).ToArray();

        var message = MimeMessage.Load(new MemoryStream(bytes), TestContext.Current.CancellationToken);
        Assert.Equal(subject, message.Subject);
        Assert.Equal((name, "lea@agency.example"), Single(message.From));
        Assert.Equal((name, "joerg@paper.example"), Single(message.To));
        Assert.All(Encoding.ASCII.GetString(bytes).Split("\r\n\r\n")[0].Split("\r\n"), l => Assert.True(l.Length <= 78, l));
        Assert.All(EncodedWordPattern().Matches(Encoding.ASCII.GetString(bytes)), w => Assert.True(w.Length <= 75, w.Value));
    }

    [Theory]
    [InlineData("Eve\r\nBcc: all@paper.example")]
    [InlineData("Eve\nBcc: all@paper.example")]
    [InlineData("Eve\rBcc: all@paper.example")]
    [InlineData("Eve\0\r\n\r\n<script>")]
    [InlineData("Eve\u2028Bcc: all@paper.example")]
    [InlineData("\"Eve\" <eve@evil.example>, Bob")]
    [InlineData("=?utf-8?q?Eve=0D=0ABcc:_all@paper.example?=")]
    public void Compose_HostileNamesAndSubjects_AddNoHeaderAndNoRecipient(string text)
    {
        var plain = Parse(TestMails.Plain());

        var message = Parse(TestMails.Plain() with { ToName = text, FromName = text, Subject = text });

        Assert.Equal(plain.Headers.Select(h => h.Field), message.Headers.Select(h => h.Field));
        Assert.Equal("joerg@paper.example", Single(message.To).Address);
        Assert.Equal("lea@agency.example", Single(message.From).Address);
        Assert.DoesNotContain(message.Subject ?? "", char.IsControl);
    }

    [Theory]
    [InlineData("joerg@paper.example\r\nBcc: all@paper.example")]
    [InlineData("joerg@paper.example\n")]
    [InlineData("joerg@paper.example\0")]
    [InlineData("joerg@paper.example, all@paper.example")]
    [InlineData("joerg@paper.example> SIZE=1 <x@y.example")]
    [InlineData("Jörg <joerg@paper.example>")]
    [InlineData("joerg paper@example.org")]
    [InlineData("(c)joerg@paper.example")]
    [InlineData("joerg")]
    [InlineData("joerg@")]
    [InlineData("@paper.example")]
    [InlineData("")]
    public void Compose_WhatIsNotOneAddress_IsRefused(string address)
    {
        var mail = TestMails.Plain();

        Assert.Equal("ToAddress", Assert.Throws<ArgumentException>(() => composer.Compose(mail with { ToAddress = address })).ParamName);
        Assert.Equal("FromAddress", Assert.Throws<ArgumentException>(() => composer.Compose(mail with { FromAddress = address })).ParamName);
        Assert.Equal("EnvelopeFrom", Assert.Throws<ArgumentException>(() => composer.Compose(mail with { EnvelopeFrom = address })).ParamName);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("token@a b")]
    [InlineData("token@mail.example>\r\nBcc: <x@y.example")]
    [InlineData("<token@mail.example>")]
    public void Compose_AMalformedMessageId_IsRefused(string id) =>
        Assert.Throws<ArgumentException>(() => composer.Compose(TestMails.Plain() with { InternetMessageId = id }));

    [Fact]
    public void Compose_AMalformedIdOfTheMailItAnswers_IsLeftOut()
    {
        var message = Parse(TestMails.Plain() with { InReplyTo = "x@y\r\nBcc: a@b.example", References = ["no id"] });

        Assert.Null(message.InReplyTo);
        Assert.Empty(message.References);
    }

    [Fact]
    public void Compose_ADomainOutsideAscii_TravelsAsPunycode()
    {
        var text = Encoding.UTF8.GetString(composer.Compose(TestMails.Plain() with { ToAddress = "joerg@bücher.example" }).Span);

        Assert.Contains("<joerg@xn--bcher-kva.example>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_ALocalPartOutsideAscii_IsWrittenInUtf8()
    {
        var url = "https://crm.agency.example/u/" + new string('t', 200);

        var text = Encoding.UTF8.GetString(composer.Compose(TestMails.Plain() with { ToAddress = "jörg@paper.example", UnsubscribeUrl = url }).Span);

        Assert.Contains("<jörg@paper.example>", text, StringComparison.Ordinal);
        Assert.Contains($"\r\nList-Unsubscribe: <{url}>\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_WithAnUnsubscribeAddress_OffersOneClick()
    {
        var url = "https://crm.agency.example/u/" + new string('t', 200);

        var text = Encoding.ASCII.GetString(composer.Compose(TestMails.Plain() with { UnsubscribeUrl = url }).Span);

        Assert.Contains($"\r\nList-Unsubscribe: <{url}>\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_WithoutAnUnsubscribeAddress_HasNoListHeader() =>
        Assert.DoesNotContain(Parse(TestMails.Plain() with { UnsubscribeUrl = null }).Headers, h => h.Field.StartsWith("List-", StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("http://crm.agency.example/u/1")]
    [InlineData("mailto:stop@agency.example")]
    [InlineData("/u/1")]
    public void Compose_AnUnsubscribeAddressThatIsNotHttps_IsRefused(string url) =>
        Assert.Throws<ArgumentException>(() => composer.Compose(TestMails.Plain() with { UnsubscribeUrl = url }));

    [Fact]
    public void Compose_AnUnsubscribeAddressWithLineBreaks_AddsNoHeader()
    {
        var plain = Parse(TestMails.Plain());

        var message = Parse(TestMails.Plain() with { UnsubscribeUrl = "https://crm.agency.example/u/1>\r\nBcc: <x@y.example" });

        Assert.Equal(plain.Headers.Select(h => h.Field), message.Headers.Select(h => h.Field));
    }

    [Fact]
    public void Compose_Attachments_KeepTheirBytesAndNames()
    {
        byte[] content = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];
        var mail = TestMails.Plain() with
        {
            Attachments =
            [
                new MailAttachment("dossier été.pdf", "application/pdf", content),
                new MailAttachment("..\\..\\note\r\n.txt", "text/plain", "a\nb\r\n"u8.ToArray()),
                new MailAttachment("mail.eml", "message/rfc822", content),
                new MailAttachment("x", "no type\r\nX: y", content),
            ],
        };

        var message = Parse(mail);

        Assert.IsType<Multipart>(message.Body, exactMatch: true);
        var parts = message.Attachments.Cast<MimePart>().ToList();
        Assert.Equal(["dossier été.pdf", "note  .txt", "mail.eml", "x"], parts.Select(p => p.FileName));
        Assert.Equal(["application/pdf", "text/plain", "application/octet-stream", "application/octet-stream"], parts.Select(p => p.ContentType.MimeType));
        Assert.Equal(mail.Attachments.Select(a => a.Content.ToArray()), parts.Select(Content));
        Assert.Equal("Bonjour Jörg,\n\nvoici l’étude.\n", message.TextBody?.ReplaceLineEndings("\n"));
    }

    private MimeMessage Parse(OutgoingMail mail) => MimeMessage.Load(new MemoryStream(composer.Compose(mail).ToArray()));

    private static (string? Name, string Address) Single(InternetAddressList list)
    {
        var mailbox = Assert.IsType<MailboxAddress>(Assert.Single(list));
        return (mailbox.Name, mailbox.Address);
    }

    [GeneratedRegex(@"=\?utf-8\?\S*\?=")]
    private static partial Regex EncodedWordPattern();

    private static byte[] Content(MimePart part)
    {
        using var stream = new MemoryStream();
        part.Content!.DecodeTo(stream);
        return stream.ToArray();
    }
}
