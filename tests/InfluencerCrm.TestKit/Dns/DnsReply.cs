namespace InfluencerCrm.TestKit.Dns;

/// <summary>How a name server answers a question for TXT records.</summary>
public enum DnsReply
{
    /// <summary>With the zone's texts, or NXDOMAIN.</summary>
    Zone,

    /// <summary>The name is there and has no texts.</summary>
    Empty,

    ServerFailure,

    Refused,

    /// <summary>Nothing at all.</summary>
    Silence,

    /// <summary>Cut short over UDP, so that the client comes again over TCP and gets all.</summary>
    TruncatedOverUdp,

    /// <summary>Cut short over UDP, and the connection over TCP is closed without an answer.</summary>
    TruncatedAndNoTcp,

    /// <summary>Bytes that are no DNS message.</summary>
    Garbage,

    /// <summary>The right number, and then bytes that are none.</summary>
    GarbageWithTheRightId,

    /// <summary>A whole answer to a question that nobody asked.</summary>
    AnotherId,

    /// <summary>The right number, and the answer to another name.</summary>
    AnotherName,
}
