using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.OData;

/// <summary>The EDM: the read contract of the API.</summary>
public static class CrmEdm
{
    /// <summary>Built once; it does not depend on configuration.</summary>
    public static IEdmModel Model { get; } = Build();

    private static IEdmModel Build()
    {
        var builder = new EdmBuilder();
        foreach (var part in typeof(CrmEdm).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IEdmPart).IsAssignableFrom(t))
            .OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            ((IEdmPart)Activator.CreateInstance(part)!).Describe(builder);
        }

        return builder.Build();
    }
}
