using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.MediaLists;
using InfluencerCrm.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.TestKit;

/// <summary>The real implementations of Core's ports, for tests of use cases.</summary>
internal static class TestPorts
{
    public static IServiceCollection AddTestPorts(this IServiceCollection services) =>
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddCrmMail().AddSingleton<IInfluencerFilter, InfluencerFilter>();
}
