using System.Text;
using InfluencerCrm.Core.Inbound;
using Xunit;

namespace InfluencerCrm.Mail.Tests.Reading;

/// <summary>Any bytes get an answer: mails come from strangers.</summary>
public sealed class HostileMailTests
{
    [Fact]
    public void Nothing_IsOther() => Assert.Equal(InboundKind.Other, ReadMails.Read(Array.Empty<byte>()).Kind);

    [Fact]
    public void RandomBytes_AreRead()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(1, 4_000)];
            random.NextBytes(bytes);

            Assert.NotNull(ReadMails.Read(bytes));
        }
    }

    [Fact]
    public async Task Samples_CutAndChanged_AreRead()
    {
        foreach (var file in Directory.GetFiles(ReadMails.Folder("bounces"), "*.eml"))
        {
            var mail = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            for (var seed = 0; seed < 15; seed++)
            {
                var random = new Random(seed);
                var changed = mail[..random.Next(1, mail.Length)];
                for (var i = 0; i < 20; i++) changed[random.Next(changed.Length)] = (byte)random.Next(256);

                var reading = ReadMails.Read(changed);

                Assert.All(reading.Recipients, r => Assert.True((r.Reason?.Length ?? 0) <= 1_000 && (r.Recipient?.Length ?? 0) <= 320));
                Assert.DoesNotContain(reading.ReplyText ?? "", c => c == '\0' || (char.IsControl(c) && c is not ('\n' or '\t')));
            }
        }
    }

    [Fact]
    public void PartsInsideParts_AThousandDeep_AreRead()
    {
        var mail = new StringBuilder("From: a@b.example\r\nSubject: deep\r\n");
        for (var i = 0; i < 1_000; i++) mail.Append("Content-Type: multipart/mixed; boundary=\"b").Append(i).Append("\"\r\n\r\n--b").Append(i).Append("\r\n");
        mail.Append("Content-Type: text/plain\r\n\r\nbottom\r\n");

        Assert.NotNull(ReadMails.Read(mail.ToString()));
    }

    [Fact]
    public void MailsInsideMails_AThousandDeep_AreRead() =>
        Assert.NotNull(ReadMails.Read("From: a@b.example\r\n" + string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\r\n\r\n", 1_000)) + "Subject: x\r\n\r\nbottom"));

    [Theory]
    [InlineData("no-such-charset")]
    [InlineData("utf-7")]
    [InlineData("unicode-1-1-utf-7")]
    [InlineData("utf-16")]
    [InlineData("utf-32")]
    [InlineData("x-user-defined")]
    [InlineData("")]
    [InlineData("\\\"; DROP TABLE")]
    public void HostileCharsets_AreRead(string charset) =>
        Assert.NotNull(ReadMails.Read($"From: a@b.example\nSubject: =?{charset}?B?/////w==?=\nContent-Type: text/plain; charset=\"{charset}\"\nContent-Transfer-Encoding: base64\n\n/////wAAAP8="));

    [Fact]
    public void AHugeMail_IsReadToItsLimit()
    {
        var body = string.Concat(Enumerable.Repeat("On 1 " + new string('a', 4_000) + " wrote\n> " + new string('(', 5_000) + "\n", 2_000));

        var reading = ReadMails.Written(body);

        Assert.True((reading.ReplyText?.Length ?? 0) <= 20_000);
    }

    [Fact]
    public void ManyRecipients_AreBounded()
    {
        var groups = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"Final-Recipient: rfc822; p{i}@b.example\nAction: failed\nStatus: 5.1.1\n\n"));

        var reading = ReadMails.Read($"From: MAILER-DAEMON@b.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; b.example\n\n{groups}\n--x--\n");

        Assert.Equal(InboundKind.Bounce, reading.Kind);
        Assert.InRange(reading.Recipients.Count, 1, 100);
    }

    [Fact]
    public void ThousandsOfTagsAndAttributes_AreRead()
    {
        var html = string.Concat(Enumerable.Repeat("<blockquote><div class='gmail_quote' a=b c=d>x", 20_000));

        Assert.NotNull(ReadMails.Read($"From: a@b.example\nContent-Type: text/html\n\n{html}"));
    }

    [Fact]
    public void HeadersWithoutEnd_AreRead() =>
        Assert.NotNull(ReadMails.Read("References: " + string.Join(' ', Enumerable.Range(0, 50_000).Select(i => $"<{i}@b.example>")) + "\r\nTo: " + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"a{i}@b.example")) + "\r\n\r\nx"));

    [Fact]
    public void AMillionTinyParts_AreReadToTheLimit() =>
        Assert.Equal("hello", ReadMails.Read("From: a@b.example\nSubject: Re: x\nContent-Type: multipart/mixed; boundary=x\n\n" + string.Concat(Enumerable.Repeat("--x\nContent-Type: text/plain\n\nhello\n", 500_000))).ReplyText);

    [Fact]
    public void ATextBeforeALargeAttachment_IsRead() =>
        Assert.Equal("Yes.", ReadMails.Read($"From: a@b.example\nSubject: Re: x\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nYes.\n--x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n{string.Concat(Enumerable.Repeat(new string('A', 76) + "\n", 150_000))}\n--x--\n").ReplyText);
}
