using System.Reflection;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OData.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.OData;

/// <summary>What a set that is written through the API answers besides: POST, PATCH, DELETE, and the same for the rows it contains.</summary>
public abstract class WriteController<T, TChanges> : ReadController<T>
    where T : class, IRow, IWritable<T, TChanges>
    where TChanges : notnull
{
    /// <summary>Creates a row, and the rows that are sent inside it.</summary>
    [HttpPost]
    public virtual async Task<IActionResult> Post(CancellationToken ct)
    {
        RequireWrite();
        var (changes, rows) = await RequestBody.ReadNewAsync<TChanges>(Request, EdmTypes.EntityTypeOf(typeof(T)), ct);
        if (rows.Count == 0)
        {
            return await CreatedAsync(await CreateAsync(changes, ct), ct);
        }

        await using var unit = await Db.BeginUnitAsync(ct);
        var row = await CreateAsync(changes, ct);
        await InlineRow.WriteAsync(HttpContext.RequestServices, rows, typeof(T), InlineRow.IdOf(row), ct);
        await unit.CommitAsync(ct);
        WriteAnswers.Show(rows, Request);
        return await CreatedAsync(row, ct);
    }

    /// <summary>Changes the members that are sent.</summary>
    [HttpPatch]
    public async Task<IActionResult> Patch(long key, CancellationToken ct)
    {
        RequireWrite();
        var version = EntityTags.Required(Request);
        var changes = await RequestBody.ReadAsync<TChanges>(Request, EdmTypes.EntityTypeOf(typeof(T)), ct);
        await ChangeAsync(key, version, changes, ct);
        return await ChangedAsync(key, ct);
    }

    /// <summary>Replaces a row: members that are not sent become what they are in a new one.</summary>
    [HttpPut]
    public async Task<IActionResult> Put(long key, CancellationToken ct)
    {
        RequireWrite();
        var version = EntityTags.Required(Request);
        var changes = await RequestBody.ReadAsync<TChanges>(Request, EdmTypes.EntityTypeOf(typeof(T)), ct);
        await ChangeAsync(key, version, Replacement.Of<T, TChanges>(changes), ct);
        return await ChangedAsync(key, ct);
    }

    /// <summary>Deletes a row; one with history is archived, one that others refer to is refused.</summary>
    [HttpDelete]
    public async Task<IActionResult> Delete(long key, CancellationToken ct)
    {
        await HttpContext.RequestServices.GetRequiredService<DeleteRow<T>>().ExecuteAsync(key, EntityTags.Required(Request), ct);
        return NoContent();
    }

    /// <summary>Creates a row inside this one.</summary>
    [HttpPost]
    public async Task<IActionResult> PostNavigation(long key, CancellationToken ct)
    {
        await RequireOwnerAsync(key, ct);
        return await ContainedAsync(nameof(ContainedWrites.CreateAsync), key, 0, ct);
    }

    /// <summary>Changes a row inside this one.</summary>
    [HttpPatch]
    public async Task<IActionResult> PatchRelated(long key, long relatedKey, CancellationToken ct)
    {
        await RequireOwnerAsync(key, ct);
        return await ContainedAsync(nameof(ContainedWrites.ChangeAsync), key, relatedKey, ct);
    }

    /// <summary>Replaces a row inside this one.</summary>
    [HttpPut]
    public async Task<IActionResult> PutRelated(long key, long relatedKey, CancellationToken ct)
    {
        await RequireOwnerAsync(key, ct);
        return await ContainedAsync(nameof(ContainedWrites.ReplaceAsync), key, relatedKey, ct);
    }

    /// <summary>Sets a single link: <c>{"@odata.id":"campaigns(3)"}</c>.</summary>
    [HttpPut]
    public async Task<IActionResult> PutRef(long key, CancellationToken ct)
    {
        RequireWrite();
        var link = References.LinkOf(Request);
        var target = await References.ReadLinkAsync(Request, link, ct);
        return await LinkAsync(key, link, target, ct);
    }

    /// <summary>Empties a single link.</summary>
    [HttpDelete]
    public async Task<IActionResult> DeleteRef(long key, CancellationToken ct)
    {
        RequireWrite();
        var link = References.LinkOf(Request);
        return link.TargetMultiplicity() == EdmMultiplicity.Many ? await UnlinkAsync(key, link, ct) : await LinkAsync(key, link, null, ct);
    }

    /// <summary>Takes a row that is there into a collection.</summary>
    [HttpPost]
    public async Task<IActionResult> PostRef(long key, CancellationToken ct)
    {
        await RequireOwnerAsync(key, ct);
        var link = References.LinkOf(Request);
        await References.MoveAsync<T>(HttpContext.RequestServices, link, await References.ReadLinkAsync(Request, link, ct), key, ct);
        return NoContent();
    }

    /// <summary>Removes a row from inside this one.</summary>
    [HttpDelete]
    public async Task<IActionResult> DeleteRelated(long key, long relatedKey, CancellationToken ct)
    {
        await RequireOwnerAsync(key, ct);
        return await ContainedAsync(nameof(ContainedWrites.DeleteAsync), key, relatedKey, ct);
    }

    // Before the body is looked at: who may not write learns nothing about what would be valid.
    protected void RequireWrite() => HttpContext.RequestServices.GetRequiredService<CurrentActor>().Required.Require(RowAccess.ToWrite(typeof(T)));

    /// <summary>Makes the row visible again after a delete that archived it.</summary>
    protected async Task<IActionResult> RestoreAsync(long key, CancellationToken ct)
    {
        await HttpContext.RequestServices.GetRequiredService<RestoreRow>().ExecuteAsync<T>(key, ct);
        return await ChangedAsync(key, ct);
    }

    protected virtual async Task<T> CreateAsync(TChanges changes, CancellationToken ct) =>
        await HttpContext.RequestServices.GetRequiredService<CreateRow<T, TChanges>>().ExecuteAsync(changes, null, ct);

    protected virtual async Task ChangeAsync(long key, Guid? version, TChanges changes, CancellationToken ct) =>
        await HttpContext.RequestServices.GetRequiredService<ChangeRow<T, TChanges>>().ExecuteAsync(key, version, changes, ct);

    /// <summary>The new row with its address, or only the address where the client prefers it.</summary>
    protected async Task<IActionResult> CreatedAsync(T row, CancellationToken ct)
    {
        var id = InlineRow.IdOf(row);
        var set = CrmEdm.Model.EntityContainer.EntitySets().First(s => EdmTypes.ClrTypeOf(s.EntityType) == typeof(T)).Name;
        return await AnswerAsync(Rows().Where(Keys.Is<T>(id)), $"{set}({id})", ct);
    }

    protected async Task<IActionResult> ChangedAsync(long key, CancellationToken ct) =>
        await AnswerAsync(Rows().Where(Keys.Is<T>(key)), null, ct);

    private async Task<IActionResult> AnswerAsync<TRow>(IQueryable<TRow> row, string? created, CancellationToken ct)
        where TRow : class, IRow =>
        await WriteAnswers.OfAsync(Reader, row, Request, created, ct);

    private async Task<IActionResult> LinkAsync(long key, IEdmNavigationProperty link, long? target, CancellationToken ct)
    {
        var version = EntityTags.Required(Request);
        await ChangeAsync(key, version, (TChanges)References.Changes(typeof(TChanges), link.Name + "Id", target, link), ct);
        return NoContent();
    }

    private async Task<IActionResult> UnlinkAsync(long key, IEdmNavigationProperty link, CancellationToken ct)
    {
        await RequireOwnerAsync(key, ct);
        await References.TakeOutAsync<T>(HttpContext.RequestServices, Db, link, References.Named(Request, link), key, ct);
        return NoContent();
    }

    private async Task<IActionResult> ContainedAsync(string what, long key, long relatedKey, CancellationToken ct)
    {
        var segment = NavigationOf(Request.ODataFeature().Path);
        var type = (segment.EdmType as IEdmCollectionType)?.ElementType.Definition
            ?? throw new Malformed("notACollection", $"{segment.NavigationProperty.Name} is a single link; set its id on the row itself.");
        var row = EdmTypes.ClrTypeOf(type);
        var changes = InlineRow.ChangesOf(segment.NavigationProperty)
            ?? throw new Forbidden($"{segment.NavigationProperty.Name} is written by the product itself.");
        var target = Activator.CreateInstance(typeof(ContainedWrites<,,>).MakeGenericType(typeof(T), row, changes), this, Db, Reader, EdmTypes.ClrNameOf(segment.NavigationProperty))!;
        try
        {
            return await (Task<IActionResult>)target.GetType().GetMethod(what)!.Invoke(target, [key, relatedKey, ct])!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}

/// <summary>A set whose rows carry a <c>restore</c> action.</summary>
public abstract class ArchivableController<T, TChanges> : WriteController<T, TChanges>
    where T : class, IRow, IArchivable, IWritable<T, TChanges>
    where TChanges : notnull
{
    /// <summary>Brings an archived row back.</summary>
    [HttpPost]
    [Answer]
    public Task<IActionResult> Restore(long key, CancellationToken ct) => RestoreAsync(key, ct);
}

/// <summary>The answer to a create or change.</summary>
internal static class WriteAnswers
{
    /// <summary>The answer shows the rows that were sent inside, unless the client says itself what to expand.</summary>
    public static void Show(IReadOnlyList<InlineRow> rows, HttpRequest request)
    {
        if (rows.Count > 0 && !request.Query.ContainsKey("$expand"))
        {
            request.QueryString = request.QueryString.Add("$expand", InlineRow.Expand(rows));
        }
    }

    public static async Task<IActionResult> OfAsync<TRow>(ResourceReader reader, IQueryable<TRow> row, HttpRequest request, string? created, CancellationToken ct)
        where TRow : class, IRow
    {
        var minimal = request.Headers["Prefer"].Any(p => p?.Contains("return=minimal", StringComparison.Ordinal) == true);
        if (created is not null)
        {
            var address = $"{request.Scheme}://{request.Host}{request.PathBase}/odata/{created}";
            request.HttpContext.Response.Headers.Location = address;
            request.HttpContext.Response.Headers["OData-EntityId"] = address;
        }

        var answer = await reader.OneAsync(row, request, ct, created is null ? StatusCodes.Status200OK + (minimal ? 4 : 0) : StatusCodes.Status201Created);
        if (!minimal)
        {
            return answer;
        }

        request.HttpContext.Response.Headers["Preference-Applied"] = "return=minimal";
        return new StatusCodeResult(StatusCodes.Status204NoContent);
    }
}
