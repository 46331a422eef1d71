using InfluencerCrm.Core.Inbound;
using InfluencerCrm.Core.Inbound.Mailboxes;
using InfluencerCrm.Core.Outbound;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Mail.Dns;
using InfluencerCrm.Mail.Inbox;
using InfluencerCrm.Mail.Reading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Mail;

/// <summary>What a host calls.</summary>
public static class MailRegistration
{
    /// <summary>Composer, reader and transport, as section <c>Mail</c> of the configuration chooses.</summary>
    public static IServiceCollection AddCrmMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MailOptions>, MailOptionsRules>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MailComposer>();
        services.AddSingleton<IMailComposer>(p => p.GetRequiredService<MailComposer>());
        services.AddSingleton<ISenderDomainCheck, SenderDomainCheck>();
        services.AddSingleton<IMailReader, MailReader>();
        services.TryAddSingleton<SafeHttp>();
        services.AddSingleton<IMailboxServer, ImapServer>();
        services.TryAddSingleton<SenderSecrets>();
        services.AddSingleton<IMailTransports, MailTransports>();
        services.AddSingleton(p => p.GetRequiredService<IMailTransports>().Default);
        return services;
    }
}
