using System.Text;
using InfluencerCrm.Core.Inbound;
using InfluencerCrm.Mail.Reading;
using Xunit;

namespace InfluencerCrm.Mail.Tests.Reading;

/// <summary>Mails as they come over the wire, and what the reader makes of them.</summary>
internal static class ReadMails
{
    public static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);

    public static MailReading Read(byte[] mail) => new MailReader().Read(mail, TestContext.Current.CancellationToken);

    public static MailReading Read(string mail) => Read(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n")));

    /// <summary>A mail of a person to us, of 2 March 2026, a Monday.</summary>
    public static MailReading Written(string body, string subject = "Re: A battery", string headers = "") => Read($"""
        From: Claire Martin <claire@paper.example>
        To: press@agency.example
        Date: Mon, 2 Mar 2026 10:00:00 +0100
        Message-ID: <1@paper.example>
        Subject: {subject}
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit
        {(headers.Length > 0 ? headers + "\n" : "")}
        {body}
        """);

    /// <summary>A notice of a mail server.</summary>
    public static MailReading Notice(string body, string subject = "failure notice", string from = "MAILER-DAEMON@mx.example") => Read($"""
        Return-Path: <>
        From: {from}
        To: bounce+0123456789abcdef01234567@agency.example
        Date: Mon, 2 Mar 2026 10:00:00 +0100
        Subject: {subject}
        Content-Type: text/plain; charset=utf-8

        {body}
        """);
}
