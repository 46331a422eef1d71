using InfluencerCrm.Api.OData;
using Microsoft.AspNetCore.OData.Routing.Controllers;
using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>
/// Describes the OData part of the API from the EDM and the controllers' capabilities. Swashbuckle alone sees every keyed route
/// twice, no query options, and drags the library's own types in.
/// </summary>
internal static class ODataPaths
{
    public const string Prefix = "/odata";

    public static void Add(ODataWriter writer)
    {
        foreach (var (set, controller) in Sets())
        {
            new SetPaths(writer, set, controller).Add();
        }
    }

    /// <summary>The sets that are served, by name.</summary>
    public static IEnumerable<(IEdmEntitySet Set, Type Controller)> Sets() =>
        from set in CrmEdm.Model.EntityContainer.EntitySets().OrderBy(s => s.Name, StringComparer.Ordinal)
        let controller = Controllers.FirstOrDefault(t => string.Equals(t.Name, set.Name + "Controller", StringComparison.OrdinalIgnoreCase))
        where controller is not null
        select (set, controller);

    private static readonly Type[] Controllers = [.. typeof(ODataPaths).Assembly.GetTypes().Where(t => typeof(ODataController).IsAssignableFrom(t) && !t.IsAbstract)];
}
