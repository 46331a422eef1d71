using InfluencerCrm.Api.OData;
using InfluencerCrm.Core;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Data.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.OData;
using Microsoft.AspNetCore.OData.Query;
using Microsoft.AspNetCore.OData.Results;
using Microsoft.AspNetCore.OData.Routing.Controllers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>The library as it comes: <c>[EnableQuery]</c> over the product's context and EDM, without keys; the walls stay, as they are in the context.</summary>
internal static class LibraryServer
{
    public const string Name = "library";

    public static WebApplication Build(string file)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddCrmCore();
        builder.Services.AddCrmDatabase(new SqliteProvider(), $"Data Source={file}");
        builder.Services.AddControllers().AddOData(options =>
        {
            options.EnableQueryFeatures();
            options.TimeZone = TimeZoneInfo.Utc;
            options.RouteOptions.EnableControllerNameCaseInsensitive = true;
            options.AddRouteComponents("odata", CrmEdm.Model, odata =>
            {
                odata.RemoveAll<ODataUriResolver>();
                odata.AddSingleton<ODataUriResolver>(new StringAsEnumResolver());
            });
        }).ConfigureApplicationPartManager(parts =>
        {
            // Not the product's controllers, which the library would find beside these.
            parts.ApplicationParts.Clear();
            parts.ApplicationParts.Add(new AssemblyPart(typeof(LibraryServer).Assembly));
        });
        var app = builder.Build();
        app.Use((http, next) =>
        {
            http.RequestServices.GetRequiredService<CurrentActor>().Become(Actor.System);
            return next(http);
        });
        app.MapControllers();
        return app;
    }
}

/// <summary>People, through the library alone.</summary>
public sealed class InfluencersController(CrmDbContext db) : ODataController
{
    [EnableQuery]
    public IQueryable<Influencer> Get() => db.Influencers;

    [EnableQuery]
    public SingleResult<Influencer> Get(int key) => SingleResult.Create(db.Influencers.Where(i => i.Id == key));
}

/// <summary>Interactions, through the library alone.</summary>
public sealed class InteractionsController(CrmDbContext db) : ODataController
{
    [EnableQuery]
    public IQueryable<Interaction> Get() => db.Interactions;
}
