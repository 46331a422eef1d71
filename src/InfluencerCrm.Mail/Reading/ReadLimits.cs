namespace InfluencerCrm.Mail.Reading;

/// <summary>How much of a mail is looked at. A sender may make it as large and as deep as they like; what lies beyond says nothing about what the mail is.</summary>
internal static class ReadLimits
{
    /// <summary>Bytes of a mail: text and reports come before attachments, and parsing 25 MB of nothing but tiny parts takes many seconds.</summary>
    public const int MailBytes = 4 * 1024 * 1024;

    /// <summary>Bytes of its header.</summary>
    public const int HeaderBytes = 256 * 1024;

    /// <summary>Parts inside parts.</summary>
    public const int Depth = 24;

    /// <summary>Parts of a mail that are looked at.</summary>
    public const int Parts = 200;

    /// <summary>Bytes of one part's text, decoded.</summary>
    public const int PartBytes = 512 * 1024;

    /// <summary>Characters of the text that is read.</summary>
    public const int TextLength = 200_000;

    /// <summary>A line longer than this is cut for comparison.</summary>
    public const int LineLength = 2_000;

    /// <summary>Recipients of one report, and clues of one mail.</summary>
    public const int Rows = 100;

    /// <summary>Characters of an address, a Message-ID.</summary>
    public const int NameLength = 320;

    /// <summary>Characters of a subject or a server's words.</summary>
    public const int ReasonLength = 1_000;

    /// <summary>Characters of a reply that is kept.</summary>
    public const int ReplyLength = 20_000;
}
