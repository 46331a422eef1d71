using System.ComponentModel.DataAnnotations;
using InfluencerCrm.Mail.Dns;
using InfluencerCrm.Mail.Inbox;

namespace InfluencerCrm.Mail;

/// <summary>Section <c>Mail</c> of the configuration; <see cref="MailOptionsRules"/> stops the start when it cannot work.</summary>
public sealed record MailOptions
{
    public const string Section = "Mail";

    /// <summary>Pickup unless told otherwise, so that nothing leaves a new installation by accident.</summary>
    public MailTransportKind Transport { get; init; } = MailTransportKind.Pickup;

    [StringLength(200)]
    public string? FromName { get; init; }

    [StringLength(254)]
    public string? FromAddress { get; init; }

    /// <summary>Where the pickup transport puts its files; relative to the working directory.</summary>
    [Required]
    public string PickupFolder { get; init; } = "data/outbox";

    public SmtpOptions Smtp { get; init; } = new();

    public DkimOptions Dkim { get; init; } = new();

    public DnsOptions Dns { get; init; } = new();

    public InboxOptions Inbox { get; init; } = new();
}

/// <summary>Where mails go.</summary>
public enum MailTransportKind
{
    /// <summary>Files (.eml) in a folder.</summary>
    Pickup,

    /// <summary>A mail server.</summary>
    Smtp,
}
