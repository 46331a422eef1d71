using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Api.OData;

/// <summary>Names of the operations, for the generic dispatch.</summary>
internal static class ContainedWrites
{
    public const string CreateAsync = nameof(CreateAsync);
    public const string ChangeAsync = nameof(ChangeAsync);
    public const string ReplaceAsync = nameof(ReplaceAsync);
    public const string DeleteAsync = nameof(DeleteAsync);
}

/// <summary>Writes rows through their owner: <c>influencers(1)/topics</c>.</summary>
internal sealed class ContainedWrites<TOwner, TRow, TChanges>(ControllerBase controller, CrmDbContext db, ResourceReader reader, string navigation)
    where TOwner : class, IRow
    where TRow : class, IRow, IWritable<TRow, TChanges>
    where TChanges : notnull
{
    private IServiceProvider Services => controller.HttpContext.RequestServices;

    public async Task<IActionResult> CreateAsync(long key, long relatedKey, CancellationToken ct)
    {
        _ = relatedKey;
        var (changes, rows) = await RequestBody.ReadNewAsync<TChanges>(controller.Request, EdmTypes.EntityTypeOf(typeof(TRow)), ct);
        await using var unit = await db.BeginUnitAsync(ct);
        var id = await InlineRow.CreateAsync<TOwner, TRow, TChanges>(Services, navigation, key, changes, ct);
        await InlineRow.WriteAsync(Services, rows, typeof(TRow), id, ct);
        await unit.CommitAsync(ct);
        WriteAnswers.Show(rows, controller.Request);
        var address = $"{controller.Request.Path.Value![("/odata/".Length)..]}({id})";
        return await WriteAnswers.OfAsync(reader, Rows(key).Where(Keys.Is<TRow>(id)), controller.Request, address, ct);
    }

    public Task<IActionResult> ChangeAsync(long key, long relatedKey, CancellationToken ct) => ChangeAsync(key, relatedKey, changes => changes, ct);

    public Task<IActionResult> ReplaceAsync(long key, long relatedKey, CancellationToken ct) => ChangeAsync(key, relatedKey, changes => Replacement.Of<TRow, TChanges>(changes), ct);

    private async Task<IActionResult> ChangeAsync(long key, long relatedKey, Func<TChanges, TChanges> complete, CancellationToken ct)
    {
        var version = EntityTags.Required(controller.Request);
        await RequireAsync(key, relatedKey, ct);
        var changes = complete(await RequestBody.ReadAsync<TChanges>(controller.Request, EdmTypes.EntityTypeOf(typeof(TRow)), ct));
        await Services.GetRequiredService<ChangeRow<TRow, TChanges>>().ExecuteAsync(relatedKey, version, changes, ct);
        return await WriteAnswers.OfAsync(reader, Rows(key).Where(Keys.Is<TRow>(relatedKey)), controller.Request, null, ct);
    }

    public async Task<IActionResult> DeleteAsync(long key, long relatedKey, CancellationToken ct)
    {
        var version = EntityTags.Required(controller.Request);
        await RequireAsync(key, relatedKey, ct);
        await Services.GetRequiredService<DeleteRow<TRow>>().ExecuteAsync(relatedKey, version, ct);
        return new NoContentResult();
    }

    private IQueryable<TRow> Rows(long key) => Navigations.Many<TOwner, TRow>(db.Set<TOwner>().Where(Keys.Is<TOwner>(key)), navigation);

    private async Task RequireAsync(long key, long relatedKey, CancellationToken ct)
    {
        if (!await Rows(key).AnyAsync(Keys.Is<TRow>(relatedKey), ct))
        {
            throw new NotFound(Words.Of(typeof(TRow)), relatedKey);
        }
    }
}
