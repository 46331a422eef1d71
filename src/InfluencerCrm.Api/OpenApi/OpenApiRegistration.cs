using InfluencerCrm.Api.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>The OpenAPI document and Swagger UI at <c>/swagger</c>.</summary>
internal static class OpenApiRegistration
{
    private const string Name = "v1";

    public static void AddCrmOpenApi(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSingleton<OpenApiFiles>();
        services.AddSwaggerGen(options =>
        {
            OpenApiInfo info = new()
            {
                Title = "InfluencerCrm",
                Version = Name,
                Summary = "The relationship CRM for digital PR.",
                Description = OpenApiTexts.Description,
                Contact = new OpenApiContact { Name = "The InfluencerCrm authors" },
                License = new OpenApiLicense { Name = "MIT", Url = new Uri("https://opensource.org/license/mit") },
            };
            options.SwaggerDoc(OpenApiFormat.Json.Document, info);
            options.SwaggerDoc(OpenApiFormat.Older.Document, info);
            options.AddServer(new OpenApiServer { Url = "/", Description = "This installation." });
            Secure(options, "apiKey", new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = ApiKeyAuthentication.Header, Description = "An API key: `icrm_…`. It can do what its scopes and its user's role both allow." });
            Secure(options, "bearer", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The same key." });
            Secure(options, "basic", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic", Description = "Any user name, the key as the password; for Excel and Power BI." });
            Secure(options, "session", new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = AccessRegistration.CookieName,
                Description = $"A person's session in the browser, from the sign-in page or `POST /api/session`. Writes also send the token of `GET /api/session` in `{AccessRegistration.AntiforgeryHeader}`.",
            });

            // CrmDocument writes all of it.
            options.DocInclusionPredicate((_, _) => false);
            options.DocumentFilter<CrmDocument>();
        });
    }

    public static void MapCrmOpenApi(this WebApplication app)
    {
        var files = app.MapGroup($"/swagger/{Name}").AllowAnonymous().ExcludeFromDescription();
        foreach (var format in OpenApiFormat.All)
        {
            files.MapGet(format.File, (HttpContext http, OpenApiFiles all, CancellationToken ct) => all.AnswerAsync(format, http, ct));
        }

        app.UseSwaggerUI(options =>
        {
            // The page takes six times as long to resolve the references of 3.1; only who wants to see the events waits for it.
            options.SwaggerEndpoint($"{Name}/{OpenApiFormat.Older.File}", "The API");
            options.SwaggerEndpoint($"{Name}/{OpenApiFormat.Json.File}", "The API and the events of webhooks (OpenAPI 3.1)");
            options.RoutePrefix = "swagger";
            options.DocumentTitle = "InfluencerCrm API";
            options.HeadContent = OpenApiTexts.Style;
            options.EnablePersistAuthorization();
            options.EnableDeepLinking();
            options.EnableFilter();
            options.EnableTryItOutByDefault();
            options.DisplayRequestDuration();
            options.DocExpansion(DocExpansion.None);
            options.DefaultModelRendering(ModelRendering.Example);

            // Two hundred schemas below the operations are a second of drawing for nobody; each operation shows its own.
            options.DefaultModelsExpandDepth(-1);
            options.DefaultModelExpandDepth(1);
            options.UseRequestInterceptor(OpenApiTexts.SessionToken);
        });
    }

    private static void Secure(Swashbuckle.AspNetCore.SwaggerGen.SwaggerGenOptions options, string name, OpenApiSecurityScheme scheme)
    {
        options.AddSecurityDefinition(name, scheme);
        options.AddSecurityRequirement(document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(name, document)] = [] });
    }
}
