using InfluencerCrm.Core.Outbound;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Smtp;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Mail.Tests;

/// <summary>The mail services as a host registers them.</summary>
internal static class MailServices
{
    public static ServiceProvider Create(IEnumerable<KeyValuePair<string, string?>> settings, TimeProvider? clock = null)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings.DistinctBy(s => s.Key)).Build());
        services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        services.AddOptions<OutboundOptions>().BindConfiguration(OutboundOptions.Section);
        if (clock is not null) services.AddSingleton(clock);
        return services.AddCrmMail().BuildServiceProvider();
    }

    /// <param name="more">Settings that replace or add.</param>
    public static ServiceProvider Smtp(int port, TimeProvider? clock = null, params (string Key, string Value)[] more) =>
        Create(
            [
                .. more.Select(m => new KeyValuePair<string, string?>(m.Key, m.Value)),
                new("Mail:Transport", "Smtp"), new("Mail:FromAddress", "lea@agency.example"),
                new("Mail:Smtp:Host", SmtpSink.Host), new("Mail:Smtp:Port", $"{port}"), new("Mail:Smtp:Security", "None"),
            ],
            clock);

    public static IMailTransport Transport(this IServiceProvider services) => services.GetRequiredService<IMailTransport>();

    public static IMailTransports Transports(this IServiceProvider services) => services.GetRequiredService<IMailTransports>();

    public static IMailComposer Composer(this IServiceProvider services) => services.GetRequiredService<IMailComposer>();
}
