namespace InfluencerCrm.Core.SendOuts;

/// <summary>How the connection to a mail server is encrypted.</summary>
public enum SmtpSecurity
{
    /// <summary>Never; for a relay on this machine or in a closed network. Credentials are refused unless the server is this machine.</summary>
    None,

    /// <summary>TLS from the first byte on port 465, elsewhere STARTTLS if the server offers it. Credentials are not sent if it does not.</summary>
    Auto,

    /// <summary>STARTTLS, and nothing is sent without it.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,
}
