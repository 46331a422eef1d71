using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>Writes the whole description: Swashbuckle gives the frame, what is in it comes from the EDM, the endpoints and their XML comments.</summary>
internal sealed class CrmDocument(EndpointDataSource endpoints) : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var parts = new DocumentParts(swaggerDoc);
        var older = context.DocumentName == OpenApiFormat.Older.Document;
        var schemas = new EdmSchemas(parts, older);
        var ask = new RequestParts(parts);
        var answers = new RowAnswers(parts, schemas);
        var operations = new Operations(parts, new ErrorAnswers(parts, schemas));
        ServicePaths.Add(operations, schemas);
        ODataPaths.Add(new ODataWriter(operations, schemas, ask, answers));
        new EndpointPaths(operations, schemas, ask, answers).Add(endpoints);
        if (!older)
        {
            new EventPaths(parts, operations, schemas).Add();
        }

        swaggerDoc.Tags = new HashSet<OpenApiTag>(Tags.Of(swaggerDoc));
    }
}
