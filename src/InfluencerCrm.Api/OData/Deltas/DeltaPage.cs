using System.Collections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OData.Extensions;
using Microsoft.AspNetCore.OData.Formatter;
using Microsoft.AspNetCore.OData.Formatter.Serialization;
using Microsoft.OData;
using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.OData.Deltas;

/// <summary>One row that left the answer.</summary>
internal sealed record RemovedRow(Uri Id, DeltaDeletedEntryReason Reason);

/// <summary>Changed rows as they are now, shaped as any others, and those that are no longer part of the answer.</summary>
internal sealed record DeltaPage(IList Rows, IReadOnlyList<RemovedRow> Removed);

/// <summary>The library's serializers, and one for <see cref="DeltaPage"/>.</summary>
internal sealed class DeltaSerializerProvider(IServiceProvider services) : ODataSerializerProvider(services)
{
    public override IODataSerializer GetODataPayloadSerializer(Type type, HttpRequest request) =>
        type == typeof(DeltaPage) ? new DeltaSerializer(this) : base.GetODataPayloadSerializer(type, request);
}

/// <summary>
/// Writes a <see cref="DeltaPage"/> in the form of the answer's OData version. The library's own serializer takes only its untyped objects, and writes
/// removed rows in the form of 4.01 into answers that say 4.0.
/// </summary>
internal sealed class DeltaSerializer(IODataSerializerProvider provider) : ODataSerializer(ODataPayloadKind.ResourceSet)
{
    public override async Task WriteObjectAsync(object graph, Type type, ODataMessageWriter messageWriter, ODataSerializerContext writeContext)
    {
        ArgumentNullException.ThrowIfNull(messageWriter);
        ArgumentNullException.ThrowIfNull(writeContext);
        var page = (DeltaPage)graph;
        var entity = new EdmEntityTypeReference(writeContext.NavigationSource.EntityType, isNullable: false);
        var rows = (ODataResourceSerializer)provider.GetEdmTypeSerializer(entity);
        var writer = await messageWriter.CreateODataDeltaResourceSetWriterAsync((IEdmEntitySetBase)writeContext.NavigationSource, entity.EntityDefinition());
        var set = new ODataDeltaResourceSet();
        await writer.WriteStartAsync(set);
        foreach (var row in page.Rows)
        {
            // Values only: the library's way for whole resources looks for changed rows inside, and makes an entity by itself to do so.
            var context = new ResourceContext(writeContext, entity, row);
            await writer.WriteStartAsync(rows.CreateResource(rows.CreateSelectExpandNode(context), context));
            await writer.WriteEndAsync();
        }

        foreach (var removed in page.Removed)
        {
            await writer.WriteStartAsync(new ODataDeletedResource(removed.Id, removed.Reason));
            await writer.WriteEndAsync();
        }

        // Links that are there at the start are written first; clients that stream want them last.
        var feature = writeContext.Request.ODataFeature();
        (set.NextPageLink, set.DeltaLink) = (feature.NextLink, feature.DeltaLink);
        await writer.WriteEndAsync();
    }
}
