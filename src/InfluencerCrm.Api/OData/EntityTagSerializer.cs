using Microsoft.AspNetCore.OData.Formatter;
using Microsoft.AspNetCore.OData.Formatter.Serialization;
using Microsoft.OData;
using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.OData;

/// <summary>Writes <c>@odata.etag</c> on every row that carries its version; the library does so only for rows of a set's own.</summary>
internal sealed class EntityTagSerializer(IODataSerializerProvider provider) : ODataResourceSerializer(provider)
{
    private const string Version = "version";

    // The library asks for the tag of rows that it knows the set of; those that an action answers are changed and sent back too.
    public override ODataResource CreateResource(SelectExpandNode selectExpandNode, ResourceContext resourceContext)
    {
        var resource = base.CreateResource(selectExpandNode, resourceContext);
        if (resource is not null && resourceContext.StructuredType is IEdmEntityType)
        {
            resource.ETag ??= CreateETag(resourceContext);
        }

        return resource!;
    }

    public override string CreateETag(ResourceContext resourceContext)
    {
        ArgumentNullException.ThrowIfNull(resourceContext);
        return resourceContext.EdmObject?.TryGetPropertyValue(Version, out var value) == true && value is Guid version
            ? EntityTags.Of(version)
            : base.CreateETag(resourceContext);
    }
}
