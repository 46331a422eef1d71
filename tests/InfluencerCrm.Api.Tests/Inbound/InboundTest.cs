using System.Net.Http.Headers;
using System.Text;
using InfluencerCrm.Api.Tests.SendOuts;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Inbound;

/// <summary>Messages that were sent, and the mails that come back for them.</summary>
public abstract class InboundTest : ApiTest
{
    internal DispatchStage Stage { get; private set; } = null!;

    protected Message Message { get; private set; } = null!;

    /// <summary>Where the first message went.</summary>
    protected static string To => DispatchStage.AddressOf(0);

    protected static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    /// <summary>So many people with a message each, sent an hour ago.</summary>
    protected async Task SentAsync(int people = 1, MessageStatus status = MessageStatus.Sent, DateTime? at = null, SendOutChanges? changes = null)
    {
        Stage = new DispatchStage(App);
        await Stage.PrepareAsync(people, changes);
        var sentAt = at ?? Now.AddHours(-1);
        await Stage.WriteAsync(db => db.Messages.UpdateRowsAsync(
            Now, set => set.SetProperty(m => m.Status, status).SetProperty(m => m.SentAt, status == MessageStatus.Sent ? sentAt : null).SetProperty(m => m.DueAt, sentAt), Ct));
        Message = (await Stage.MessagesAsync())[0];
    }

    protected string MessageId(Message? message = null) => $"{(message ?? Message).Token}@agency.example.org";

    protected async Task<JsonObject> ReceiveAsync(string mail, HttpClient? client = null)
    {
        using var response = await PostAsync(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n")), client);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"The mail was answered {(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    protected async Task<HttpResponseMessage> PostAsync(byte[] mail, HttpClient? client = null, string type = "message/rfc822")
    {
        using var content = new ByteArrayContent(mail);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await (client ?? App.Admin).PostAsync(new Uri("api/inbound-mail", UriKind.Relative), content, Ct);
    }

    protected static string Reply(string inReplyTo, string? from = null, string body = "Yes, with pleasure.", string subject = "Re: Spring", string headers = "") => $"""
        From: Zoé <{from ?? To}>
        To: press@agency.example.org
        Message-ID: <{Guid.NewGuid():N}@paper.example>
        In-Reply-To: <{inReplyTo}>
        Subject: {subject}
        Content-Type: text/plain; charset=utf-8
        {(headers.Length > 0 ? headers + "\n" : "")}
        {body}

        On 1 March 2026 at 10:00, Press office wrote:
        > It lasts.
        """;

    /// <param name="action">With the status of the report.</param>
    protected static string Report(string messageId, string? recipient = null, string action = "failed", string status = "5.1.1", string diagnostic = "550 5.1.1 User unknown") => $"""
        Return-Path: <>
        From: Mail Delivery System <MAILER-DAEMON@mx.example>
        To: press@agency.example.org
        Message-ID: <{Guid.NewGuid():N}@mx.example>
        Subject: Delivery report
        Content-Type: multipart/report; report-type=delivery-status; boundary="x"

        --x
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example

        Final-Recipient: rfc822; {recipient ?? To}
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; {diagnostic}

        --x
        Content-Type: text/rfc822-headers

        Message-ID: <{messageId}>

        --x--
        """;

    protected static string Complaint(string messageId, string? recipient = null) => $"""
        From: feedback@provider.example
        To: abuse@agency.example.org
        Message-ID: <{Guid.NewGuid():N}@provider.example>
        Subject: FW: Spring
        Content-Type: multipart/report; report-type=feedback-report; boundary="x"

        --x
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        User-Agent: Loop/1.0
        Version: 1
        Original-Rcpt-To: {recipient ?? To}

        --x
        Content-Type: message/rfc822

        Message-ID: <{messageId}>
        From: press@agency.example.org

        It lasts.
        --x--
        """;

    /// <summary>The first message as it is now.</summary>
    protected async Task<Message> MessageNowAsync() => (await Stage.MessagesAsync()).Single(m => m.Id == Message.Id);

    protected Task<Influencer> PersonAsync() => Stage.ReadAsync(db => db.Influencers.AsNoTracking().FirstAsync(i => i.Id == Message.InfluencerId, Ct));

    /// <summary>That nothing but the queue knows of the mail.</summary>
    protected async Task NothingChangedAsync()
    {
        var (message, person) = (await MessageNowAsync(), await PersonAsync());
        Assert.Equal((MessageStatus.Sent, (DateTime?)null, (DateTime?)null), (message.Status, message.BouncedAt, message.RepliedAt));
        Assert.Equal((EmailStatus.Unknown, (DateTime?)null), (person.EmailStatus, person.AwayUntil));
        Assert.Equal(0, await Stage.ReadAsync(db => db.Suppressions.CountAsync(Ct)));
        Assert.Equal(0, await Stage.ReadAsync(db => db.Interactions.CountAsync(Ct)));
    }

    protected async Task<JsonObject> WaitingAsync() => Assert.Single(await App.ListAsync("odata/inboundMails?$filter=state eq 'waiting'"))!.AsObject();

    protected static string? Text(JsonNode? row, string member) => row?[member]?.GetValue<string>();
}
