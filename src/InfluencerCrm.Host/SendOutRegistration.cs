using InfluencerCrm.Core.Inbound.ByHand;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Dispatch;
using InfluencerCrm.Core.Team;
using InfluencerCrm.Mail;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Host;

/// <summary>What send-outs take from the configuration.</summary>
internal static class SendOutRegistration
{
    public static void AddSendOutOptions(this IServiceCollection services)
    {
        services.AddOptions<SenderOptions>().BindConfiguration(MailOptions.Section);
        services.AddOptions<DispatchOptions>().BindConfiguration(DispatchOptions.Section)
            .Validate(dispatch => dispatch.IsValid, "SendOuts__Lease must lie between 00:00:05 and 01:00:00; leave it out for 15 minutes.")
            .Validate(dispatch => dispatch.HasValidDomains, "SendOuts__Domains: Connections and PerMinute of a domain must be 1 or more; leave out what is not to be limited.")
            .ValidateOnStart();
        services.AddOptions<AgencyOptions>().BindConfiguration(AgencyOptions.Section)
            .Validate(agency => agency.IsValid, "Agency__TimeZone is no IANA time zone that this machine knows; write it as Europe/Paris.")
            .Validate(agency => agency.HasValidWindow, "Agency__WindowFrom must be before Agency__WindowUntil; write them as 08:00 and 19:00.")
            .Validate(agency => agency.HasValidQuietDays, "Agency__QuietDays holds something that is no day, or every weekday; write saturday, 2026-12-25 or 12-25.")
            .Validate(agency => agency.HasValidCountry, "Agency__Country is no ISO 3166-1 alpha-2 country code; write it as FR.")
            .ValidateOnStart();
        services.AddOptions<LoggingOptions>().BindConfiguration(LoggingOptions.Section)
            .Validate(logging => logging.IsValid, "Mail__Logging__Address must be an e-mail address without a plus sign, such as log@crm.example: each user's secret is put behind a plus sign.")
            .ValidateOnStart();
        services.AddOptions<PublicAddress>().BindConfiguration("")
            .Validate(address => address.IsValid, "PublicUrl must be an absolute http or https address, such as https://crm.example.org.")
            .Validate<IOptions<MailOptions>>(
                (address, mail) => mail.Value.Transport != MailTransportKind.Smtp || address.IsPrivate,
                "Mail__Transport is Smtp: PublicUrl must be https (or this machine), because mails carry links that act for their recipient.")
            .ValidateOnStart();
    }
}
