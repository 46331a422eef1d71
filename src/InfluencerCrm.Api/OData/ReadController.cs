using System.Reflection;
using InfluencerCrm.Api.OData.Deltas;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OData.Extensions;
using Microsoft.AspNetCore.OData.Routing.Controllers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData;

/// <summary>What every entity set answers to GET: the collection, one row, and its navigations.</summary>
[Authorize]
public abstract class ReadController<T> : ODataController
    where T : class, IRow
{
    protected CrmDbContext Db => HttpContext.RequestServices.GetRequiredService<CrmDbContext>();

    protected ResourceReader Reader => HttpContext.RequestServices.GetRequiredService<ResourceReader>();

    /// <summary>Rows of the set, by <c>$filter</c>, <c>$search</c>, <c>$orderby</c>, <c>$top</c>, <c>$skip</c>, <c>$count</c>, <c>$select</c> and <c>$expand</c>.</summary>
    [HttpGet]
    public Task<IActionResult> Get(CancellationToken ct) =>
        HttpContext.RequestServices.GetRequiredService<DeltaReader>().ListAsync(Rows(), Request, token => Reader.ListAsync(Rows(), Request, ct, token), ct);

    /// <summary>One row by its id.</summary>
    [HttpGet]
    public async Task<IActionResult> Get(long key, CancellationToken ct)
    {
        try
        {
            return await Reader.ByKeyAsync<T>(key, Request, ct);
        }
        catch (NotFound)
        {
            await RefuseErasedAsync(key, ct);
            throw;
        }
    }

    /// <summary>The rows, or the one row, that a navigation leads to.</summary>
    [HttpGet]
    public async Task<IActionResult> GetNavigation(long key, CancellationToken ct)
    {
        await RequireOwnerAsync(key, ct);
        var segment = NavigationOf(Request.ODataFeature().Path);
        var target = EdmTypes.ClrTypeOf(segment.EdmType is Microsoft.OData.Edm.IEdmCollectionType many ? many.ElementType.Definition : segment.EdmType);
        var method = segment.EdmType is Microsoft.OData.Edm.IEdmCollectionType ? nameof(ManyAsync) : nameof(SingleAsync);
        return await (Task<IActionResult>)typeof(ReadController<T>).GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(target).Invoke(this, [key, EdmTypes.ClrNameOf(segment.NavigationProperty), null, ct])!;
    }

    /// <summary>One row among those that a navigation leads to.</summary>
    [HttpGet]
    public async Task<IActionResult> GetRelated(long key, long relatedKey, CancellationToken ct)
    {
        await RequireOwnerAsync(key, ct);
        var segment = NavigationOf(Request.ODataFeature().Path);
        var target = EdmTypes.ClrTypeOf(((Microsoft.OData.Edm.IEdmCollectionType)segment.EdmType).ElementType.Definition);
        return await (Task<IActionResult>)typeof(ReadController<T>).GetMethod(nameof(ManyAsync), BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(target).Invoke(this, [key, EdmTypes.ClrNameOf(segment.NavigationProperty), (long?)relatedKey, ct])!;
    }

    /// <summary>One property of a row, or with <c>/$value</c> its bare text.</summary>
    [HttpGet]
    public async Task<IActionResult> GetProperty(long key, string property, CancellationToken ct)
    {
        await RefuseErasedAsync(key, ct);
        return await PropertyAnswer.OfAsync(Reader, Rows().Where(Keys.Is<T>(key)), Request, property, ct);
    }

    /// <summary>One property of the one row that a navigation leads to, such as <c>interactions(1)/outlet/name</c>.</summary>
    [HttpGet]
    public async Task<IActionResult> GetRelatedProperty(long key, string property, CancellationToken ct)
    {
        await RequireOwnerAsync(key, ct);
        var link = NavigationOf(Request.ODataFeature().Path).NavigationProperty;
        return await (Task<IActionResult>)typeof(ReadController<T>).GetMethod(nameof(RelatedPropertyAsync), BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(EdmTypes.ClrTypeOf(Microsoft.OData.Edm.ExtensionMethods.ToEntityType(link))).Invoke(this, [key, EdmTypes.ClrNameOf(link), property, ct])!;
    }

    private Task<IActionResult> RelatedPropertyAsync<TTarget>(long key, string navigation, string property, CancellationToken ct)
        where TTarget : class, IRow =>
        PropertyAnswer.OfAsync(Reader, Navigations.Single<T, TTarget>(Rows().Where(Keys.Is<T>(key)), navigation), Request, property, ct);

    /// <summary>The addresses of the rows, or of the one row, that a navigation leads to.</summary>
    [HttpGet]
    public async Task<IActionResult> GetRef(long key, CancellationToken ct)
    {
        await RequireOwnerAsync(key, ct);
        var link = References.LinkOf(Request);
        return await (Task<IActionResult>)typeof(ReadController<T>).GetMethod(nameof(RefsAsync), BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(EdmTypes.ClrTypeOf(Microsoft.OData.Edm.ExtensionMethods.ToEntityType(link))).Invoke(this, [key, link, ct])!;
    }

    private Task<IActionResult> RefsAsync<TTarget>(long key, Microsoft.OData.Edm.IEdmNavigationProperty link, CancellationToken ct)
        where TTarget : class, IRow
    {
        HttpContext.RequestServices.GetRequiredService<Core.Access.CurrentActor>().Required.Require(RowAccess.ToRead(typeof(TTarget)));
        return References.ReadAsync<T, TTarget>(Rows().Where(Keys.Is<T>(key)), key, link, Request, ct);
    }

    /// <summary>The set's rows before the request's own conditions.</summary>
    protected IQueryable<T> Rows() => Db.Set<T>();

    /// <exception cref="NotFound">The owner of a contained row does not exist or may not be seen.</exception>
    protected async Task RequireOwnerAsync(long key, CancellationToken ct)
    {
        if (!await Rows().AnyAsync(Keys.Is<T>(key), ct))
        {
            await RefuseErasedAsync(key, ct);
            throw new NotFound(Words.Of(typeof(T)), key);
        }
    }

    protected static NavigationPropertySegment NavigationOf(ODataPath path) => path.OfType<NavigationPropertySegment>().Last();

    private async Task RefuseErasedAsync(long key, CancellationToken ct)
    {
        if (typeof(IErasable).IsAssignableFrom(typeof(T))
            && await Db.Set<T>().IgnoreQueryFilters([Filters.Erased, Filters.Archived]).Where(Keys.Is<T>(key)).AnyAsync(r => ((IErasable)r).ErasedAt != null, ct))
        {
            throw new Erased();
        }
    }

    private Task<IActionResult> ManyAsync<TTarget>(long key, string navigation, long? relatedKey, CancellationToken ct)
        where TTarget : class, IRow
    {
        var rows = Navigations.Many<T, TTarget>(Rows().Where(Keys.Is<T>(key)), navigation);
        return relatedKey is { } related
            ? Reader.OneAsync(rows.Where(Keys.Is<TTarget>(related)), Request, ct)
            : Reader.ListAsync(rows, Request, ct);
    }

    private async Task<IActionResult> SingleAsync<TTarget>(long key, string navigation, long? relatedKey, CancellationToken ct)
        where TTarget : class, IRow
    {
        _ = relatedKey;
        var rows = Navigations.Single<T, TTarget>(Rows().Where(Keys.Is<T>(key)), navigation);
        return await rows.AnyAsync(ct) ? await Reader.OneAsync(rows, Request, ct) : NoContent();
    }
}
