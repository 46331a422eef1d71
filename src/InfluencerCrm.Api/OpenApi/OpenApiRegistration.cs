using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>The OpenAPI document and Swagger UI at <c>/swagger</c>.</summary>
internal static class OpenApiRegistration
{
    public static void AddCrmOpenApi(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "InfluencerCrm",
                Version = "v1",
                Description = "OData v4 service of people, outlets, campaigns, send-outs and coverage under /odata, and the endpoints beside it under /api. Errors have one shape; their codes are explained in api-docs/errors.md.",
            });
            options.AddSecurityDefinition("apiKey", new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key", Description = "An API key: icrm_…" });
            options.AddSecurityDefinition("bearer", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The same key." });
            options.AddSecurityDefinition("basic", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic", Description = "Any user name, the key as password." });
            options.AddSecurityRequirement(document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] });
            options.AddSecurityRequirement(document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] });
            options.AddSecurityRequirement(document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("basic", document)] = [] });
            options.DocInclusionPredicate((_, description) => description.RelativePath?.StartsWith("odata", StringComparison.Ordinal) != true);
            options.DocumentFilter<ODataPaths>();
        });
    }

    public static void MapCrmOpenApi(this WebApplication app)
    {
        app.MapSwagger("swagger/{documentName}/openapi.{extension:regex(^(json|ya?ml)$)}").AllowAnonymous();
        app.UseSwaggerUI(options =>
        {
            options.SwaggerEndpoint("v1/openapi.json", "InfluencerCrm v1");
            options.RoutePrefix = "swagger";
            options.DocumentTitle = "InfluencerCrm API";
            options.EnablePersistAuthorization();
            options.DocExpansion(Swashbuckle.AspNetCore.SwaggerUI.DocExpansion.None);
        });
    }
}
