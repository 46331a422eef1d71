using MailKit;

namespace InfluencerCrm.Mail;

/// <summary>
/// Knows how far a message got, which MailKit's exceptions do not say: after the 354 (or the first BDAT) a lost connection leaves the
/// message's fate unknown. MailKit shows a protocol logger what it reads before it acts on it, and what it wrote after it wrote it.
/// In doubt the answer is "begun": a person then looks, where the other way the mail would go out twice.
/// </summary>
internal sealed class SmtpDialogue : IProtocolLogger
{
    private enum Stage
    {
        Envelope,
        AwaitingGo,
        Data,
    }

    private Stage stage;
    private Action? refused;

    /// <summary>The server may have taken the message.</summary>
    public bool DataBegun => stage == Stage.Data;

    /// <summary>Required by the interface; MailKit sets it. Nothing is recorded here, so there is nothing to redact.</summary>
    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <param name="whenRefused">Called as soon as the server refuses the message: what follows is only tidying up (RSET).</param>
    public void Begin(Action whenRefused)
    {
        stage = Stage.Envelope;
        refused = whenRefused;
    }

    /// <summary>The message's deadline is gone; a late reply must not touch it.</summary>
    public void End() => refused = null;

    public void RecipientAccepted(bool dataFollowsAtOnce) => stage = dataFollowsAtOnce ? Stage.Data : Stage.AwaitingGo;

    public void Refused() => refused?.Invoke();

    public void LogConnect(Uri uri) => stage = Stage.Envelope;

    public void LogClient(byte[] buffer, int offset, int count)
    {
        // A server that sent the 354 unasked: MailKit took it from its buffer, and these are the message's bytes.
        if (stage == Stage.AwaitingGo && !buffer.AsSpan(offset, count).SequenceEqual("DATA\r\n"u8)) stage = Stage.Data;
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        if (stage == Stage.Envelope || count == 0) return;
        var first = buffer[offset];
        if (stage == Stage.AwaitingGo && first == (byte)'3') stage = Stage.Data;
        else if (first is (byte)'4' or (byte)'5') Refused();
    }

    public void Dispose()
    {
    }
}
