using Microsoft.AspNetCore.OData.Formatter;
using Microsoft.AspNetCore.OData.Formatter.Serialization;

namespace InfluencerCrm.Api.OData;

/// <summary>Writes <c>@odata.etag</c> on every row that carries its version; the library does so only for rows of a set's own.</summary>
internal sealed class EntityTagSerializer(IODataSerializerProvider provider) : ODataResourceSerializer(provider)
{
    private const string Version = "version";

    public override string CreateETag(ResourceContext resourceContext)
    {
        ArgumentNullException.ThrowIfNull(resourceContext);
        return resourceContext.EdmObject?.TryGetPropertyValue(Version, out var value) == true && value is Guid version
            ? EntityTags.Of(version)
            : base.CreateETag(resourceContext);
    }
}
