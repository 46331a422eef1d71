namespace InfluencerCrm.Mail;

/// <summary>A server and how to get into it.</summary>
/// <param name="Options">Its address and credentials.</param>
internal sealed record SmtpServer(SmtpOptions Options)
{
    /// <summary>The sender account whose server it is; null: the configuration's.</summary>
    public int? Account { get; init; }

    /// <summary>Of the account's row when it was read.</summary>
    public Guid Version { get; init; }

    /// <summary>Signs in with these instead of the password; null: by password, or not at all.</summary>
    public AccessTokens? Tokens { get; init; }

    /// <summary>Why nobody can sign in; null where nothing is known against it.</summary>
    public string? Fault { get; init; }

    /// <summary>Where its encryption is chosen.</summary>
    public string SecuritySetting => Account is null ? "Mail__Smtp__Security" : "the sender account's security";
}
