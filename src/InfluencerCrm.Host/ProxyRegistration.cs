using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Host;

/// <summary>Links, limits and the rule about keys over plain HTTP go by what a known proxy says of the client's request.</summary>
internal static class ProxyRegistration
{
    public static void AddProxies(this IServiceCollection services) =>
        services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section)
            .Validate(proxy => proxy.IsValid, "Proxy__Known holds addresses such as 10.0.0.5 and networks such as 10.0.0.0/8 of the proxies before this product, with commas between them.").ValidateOnStart();

    /// <summary>Stands before everything that looks at the address, the scheme or the host.</summary>
    public static void UseProxies(this IApplicationBuilder app)
    {
        var known = app.ApplicationServices.GetRequiredService<IOptions<ProxyOptions>>().Value;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,

            // As many steps as there are known proxies in a row: it ends at the first address that is none.
            ForwardLimit = null,
        };

        // The library believes the own machine unless told otherwise, and everybody where both lists are empty.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var address in known.Addresses)
        {
            options.KnownProxies.Add(address);
        }

        foreach (var network in known.Networks)
        {
            options.KnownIPNetworks.Add(network);
        }

        if (options.KnownProxies.Count + options.KnownIPNetworks.Count > 0)
        {
            app.UseForwardedHeaders(options);
        }
    }
}
