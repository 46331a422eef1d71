using InfluencerCrm.Api.Access;
using InfluencerCrm.Api.Errors;
using InfluencerCrm.Api.Exports;
using InfluencerCrm.Api.Idempotency;
using InfluencerCrm.Api.Imports;
using InfluencerCrm.Api.Inbound;
using InfluencerCrm.Api.Limits;
using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.OData.Batch;
using InfluencerCrm.Api.OData.Deltas;
using InfluencerCrm.Api.OData.Searching;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Api.Privacy;
using InfluencerCrm.Api.Protocol;
using InfluencerCrm.Api.SendOuts;
using InfluencerCrm.Api.Stories;
using InfluencerCrm.Core.MediaLists;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OData;
using Microsoft.AspNetCore.OData.Formatter.Serialization;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.AspNetCore.OData.Routing.Controllers;
using Microsoft.AspNetCore.OData.Routing.Conventions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api;

/// <summary>Wires the API into a host.</summary>
public static class ApiRegistration
{
    public static IServiceCollection AddCrmApi(this IServiceCollection services)
    {
        services.AddControllers(options =>
        {
            // Keys and names come from the address alone: a form sent along would be asked first, and one that cannot be read would leave them empty.
            options.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
            options.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
            options.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
        }).AddApplicationPart(typeof(ApiRegistration).Assembly).AddApplicationPart(typeof(MetadataController).Assembly).AddOData(options =>
        {
            options.Select().Filter().OrderBy().Count().Expand().SkipToken().SetMaxTop(null);
            options.TimeZone = TimeZoneInfo.Utc;
            options.EnableNoDollarQueryOptions = false;
            options.RouteOptions.EnableControllerNameCaseInsensitive = true;
            options.RouteOptions.EnableActionNameCaseInsensitive = true;
            options.RouteOptions.EnableQualifiedOperationCall = true;
            options.RouteOptions.EnableUnqualifiedOperationCall = true;
            options.Conventions.Add(new NavigationRouting());
            options.Conventions.Remove(options.Conventions.Single(c => c is ActionRoutingConvention));
            options.Conventions.Remove(options.Conventions.Single(c => c is FunctionRoutingConvention));
            options.Conventions.Add(new ActionRouting());
            options.Conventions.Add(new FunctionRouting());
            options.AddRouteComponents("odata", CrmEdm.Model, odata =>
            {
                odata.RemoveAll<IFilterBinder>();
                odata.AddSingleton<IFilterBinder, CrmFilterBinder>();
                odata.AddSingleton<ISearchBinder>(new CrmSearchBinder(FoundWords.Nothing));
                odata.RemoveAll<ODataResourceSerializer>();
                odata.AddSingleton<ODataResourceSerializer, EntityTagSerializer>();
                odata.RemoveAll<ODataUriResolver>();
                odata.AddSingleton(ResourceReader.Resolver);
            });
        });
        services.AddCrmAccess();
        services.AddOptions<LimitsOptions>().BindConfiguration(LimitsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ClientLimits>();
        services.AddExceptionHandler<ErrorHandler>();
        services.AddScoped<ResourceReader>();
        services.AddScoped<DeltaReader>();
        services.AddSingleton<DeltaTokens>();
        services.AddSingleton<IInfluencerFilter, InfluencerFilter>();
        services.AddCrmProtocol();
        services.AddCrmOpenApi();
        return services;
    }

    /// <summary>Middleware that must stand before routing.</summary>
    public static IApplicationBuilder UseCrmApi(this IApplicationBuilder app)
    {
        // Once around a batch, once around each of its parts.
        app.UseCrmCompression();
        app.UseExceptionHandler(Errors());
        app.UseCrmCors();
        app.Use(BatchMiddleware.Run);
        app.UseExceptionHandler(Errors());
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/odata") || http.Request.Path.StartsWithSegments("/api"), api => api.UseStatusCodePages(async context =>
        {
            var (code, message) = context.HttpContext.Response.StatusCode switch
            {
                StatusCodes.Status400BadRequest => ("badRequest", "The body, or a value in the address, is not of the kind that this address takes."),
                StatusCodes.Status401Unauthorized => ("unauthorized", "Sign in, or send an API key in X-Api-Key, Authorization: Bearer, or as the password of HTTP Basic."),
                StatusCodes.Status403Forbidden => ("forbidden", "You may not do this."),
                StatusCodes.Status404NotFound => ("notFound", "There is nothing at this address."),
                StatusCodes.Status405MethodNotAllowed => ("methodNotAllowed", "This address does not take this method."),
                StatusCodes.Status406NotAcceptable => ("notAcceptable", "This API answers application/json."),
                StatusCodes.Status413PayloadTooLarge => ("tooLarge", "The body is larger than is taken here."),
                StatusCodes.Status415UnsupportedMediaType => ("unsupportedMediaType", "Send application/json."),
                _ => ("error", "The request was refused."),
            };
            await ErrorResponse.WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode, code, message);
        }));
        app.Use(Methods.Head);
        app.Use(KeyForms.Rewrite);
        app.Use(OptionLimits.Run);
        app.Use(Negotiation.Run);
        app.UseRouting();
        app.UseAuthentication();
        app.Use(LimitsMiddleware.Rate);
        app.Use(Methods.Allowed);
        app.Use(LimitsMiddleware.Concurrency);
        app.Use(AccessRegistration.GuardCookieWrites);
        app.UseAuthorization();
        app.Use(LimitsMiddleware.Time);
        return app.Use(IdempotencyMiddleware.Run);
    }

    private static ExceptionHandlerOptions Errors() =>
        new() { ExceptionHandler = _ => Task.CompletedTask, AllowStatusCode404Response = true, SuppressDiagnosticsCallback = _ => true };

    public static void MapCrmApi(this WebApplication app)
    {
        app.MapControllers();
        app.MapCrmOpenApi();
        app.MapHealth();
        app.MapUnsubscribe();
        app.MapEmbargo();
        app.MapAssets();
        var api = app.MapGroup("/api");
        api.MapSession();
        api.MapImports();
        api.MapSendOuts();
        api.MapExports();
        api.MapDossier();
        api.MapArchive();
        api.MapErasure();
        api.MapInbound();
        api.MapStop();
        api.MapMailProviders();
    }

    /// <summary>All that a host without the role <c>web</c> answers.</summary>
    public static void MapCrmHealth(this IEndpointRouteBuilder app) => app.MapHealth();
}
