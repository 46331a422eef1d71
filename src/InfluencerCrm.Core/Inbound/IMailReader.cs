namespace InfluencerCrm.Core.Inbound;

/// <summary>Port: what a mail that came in says. Knows nothing of our rows, changes nothing.</summary>
public interface IMailReader
{
    /// <summary>Takes any bytes: what is no mail is read as <see cref="InboundKind.Other"/>.</summary>
    /// <param name="mail">As it came over the wire, headers and all.</param>
    MailReading Read(ReadOnlyMemory<byte> mail, CancellationToken ct);
}
