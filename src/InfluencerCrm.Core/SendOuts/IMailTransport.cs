namespace InfluencerCrm.Core.SendOuts;

/// <summary>Port: where mails go. Two implementations: SMTP and the pickup folder.</summary>
public interface IMailTransport
{
    /// <summary>The server (<c>mail.example.org:587</c>) or the folder (<c>data/outbox</c>); whoever shows it makes the sentence, in the reader's language.</summary>
    string Destination { get; }

    /// <summary>Mails become files in the folder, and nothing leaves this machine.</summary>
    bool StaysHere { get; }

    /// <summary>How many connections may be open at once.</summary>
    int MaxConnections { get; }

    /// <summary>What the server's account may send, all send-outs and hosts together; null: no limit of ours.</summary>
    int? MessagesPerMinute { get; }

    /// <summary>A connection for one worker; it dials when first used and again after it was lost.</summary>
    IMailConnection Open();
}

/// <summary>One kept connection; not for concurrent use.</summary>
public interface IMailConnection : IAsyncDisposable
{
    /// <summary>
    /// Hands one mail over and says what became of it. Faults of the server or the network are answers, not exceptions.
    /// <paramref name="ct"/> stops it: before the data began the answer is <see cref="DeliveryOutcome.Deferred"/>, after it <see cref="DeliveryOutcome.Unconfirmed"/>.
    /// </summary>
    Task<DeliveryAnswer> SendAsync(OutgoingMail mail, CancellationToken ct);
}

/// <summary>What became of one hand-over.</summary>
public enum DeliveryOutcome
{
    /// <summary>A 2xx answer to the whole message, or the file is in the folder.</summary>
    Sent,

    /// <summary>A 4xx answer, or the connection failed before the server took any data: try again later.</summary>
    Deferred,

    /// <summary>A 5xx answer: this message will not be taken.</summary>
    Failed,

    /// <summary>The connection was lost after the data began and before the last answer: nobody knows.</summary>
    Unconfirmed,
}

/// <summary>The outcome with the server's words.</summary>
/// <param name="Response">The server's answer or the fault, one line.</param>
/// <param name="ReplyCode">SMTP reply code (RFC 5321), where there was one.</param>
/// <param name="EnhancedStatus">Enhanced status code (RFC 3463), for example <c>5.1.1</c>, where there was one.</param>
public sealed record DeliveryAnswer(DeliveryOutcome Outcome, string Response, int? ReplyCode = null, string? EnhancedStatus = null)
{
    /// <summary>The refusal speaks of the address, not of the sender or the content (RFC 3463 class 5.1.x except 5.1.7 and 5.1.8, which blame the sender, or 550/551/553 to RCPT without a code).</summary>
    public bool RefusesAddress { get; init; }

    /// <summary>
    /// The mailbox takes no mail now (full, closed, not known yet: RFC 3463 class 4.1.x and 4.2.x, and 5.2.2), which is not its server
    /// greylisting or wanting fewer mails. When the message is given up it counts as a soft bounce.
    /// </summary>
    public bool MailboxIsShut { get; init; }

    /// <summary>The recipient's server wants to be left alone for a while (421, 450 and their like to this recipient); the one we speak to is well.</summary>
    public bool SlowsDomain { get; init; }

    /// <summary>
    /// The server refused us (greeting, TLS, sign-in) before it heard of any message. The outcome is <see cref="DeliveryOutcome.Deferred"/>,
    /// since another message would fare no better: who sends should stop and tell a person.
    /// </summary>
    public bool RefusesSession { get; init; }
}
