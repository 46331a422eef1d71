namespace InfluencerCrm.Core.SendOuts;

/// <summary>Port: turns a mail into the bytes of RFC 5322, right by construction.</summary>
public interface IMailComposer
{
    /// <summary>The same <paramref name="mail"/> gives the same bytes, boundaries included; CRLF line ends.</summary>
    ReadOnlyMemory<byte> Compose(OutgoingMail mail);
}
