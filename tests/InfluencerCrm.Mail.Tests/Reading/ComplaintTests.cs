using InfluencerCrm.Core.Inbound;
using Xunit;

namespace InfluencerCrm.Mail.Tests.Reading;

public sealed class ComplaintTests
{
    [Theory]
    [InlineData("abuse", InboundKind.Complaint)]
    [InlineData("fraud", InboundKind.Complaint)]
    [InlineData("not-spam", InboundKind.Other)]
    [InlineData("auth-failure", InboundKind.Other)]
    [InlineData("opt-out", InboundKind.Unsubscribe)]
    public void AFeedbackReport_IsWhatItsTypeSays(string type, InboundKind kind)
    {
        var reading = ReadMails.Read($"""
            From: feedback@provider.example
            To: abuse@agency.example
            Subject: FW: A battery
            Content-Type: multipart/report; report-type=feedback-report; boundary="x"

            --x
            Content-Type: text/plain

            This is an email abuse report.
            --x
            Content-Type: message/feedback-report

            Feedback-Type: {type}
            User-Agent: Loop/1.0
            Version: 1
            Original-Rcpt-To: <claire@paper.example>
            --x
            Content-Type: message/rfc822

            From: press@agency.example
            To: hidden@paper.example
            Message-ID: <0123456789abcdef01234567@agency.example>

            It lasts.
            --x--
            """);

        Assert.Equal(kind, reading.Kind);
        Assert.Equal("claire@paper.example", reading.Recipients[0].Recipient);
        Assert.Contains("0123456789abcdef01234567@agency.example", reading.Clues);
    }

    [Fact]
    public void AMailSentBackByItsProvider_IsAComplaint()
    {
        var reading = ReadMails.Read("""
            From: staff@hotmail.example
            To: abuse@agency.example
            Subject: complaint about message from 192.0.2.1
            Content-Type: multipart/mixed; boundary="x"

            --x
            Content-Type: message/rfc822

            X-HmXmrOriginalRecipient: claire@paper.example
            From: press@agency.example
            Message-ID: <0123456789abcdef01234567@agency.example>

            It lasts.
            --x--
            """);

        Assert.Equal((InboundKind.Complaint, "claire@paper.example"), (reading.Kind, reading.Recipients[0].Recipient));
    }
}
