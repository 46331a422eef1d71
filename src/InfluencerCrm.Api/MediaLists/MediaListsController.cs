using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.MediaLists;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Api.MediaLists;

/// <summary>Chosen people: by hand, or by a saved filter.</summary>
public sealed class MediaListsController : ArchivableController<MediaList, MediaListChanges>
{
    /// <summary>Puts people on a static list; who is on it stays as they are. Where one named is not there, nobody is added.</summary>
    [HttpPost]
    [Body(typeof(MembersRequest))]
    [Answer(typeof(MembersChanged))]
    public async Task<IActionResult> AddMembers(int key, CancellationToken ct)
    {
        var request = await RequestBody.ReadAsync<MembersRequest>(Request, null, ct);
        return new JsonResult(await HttpContext.RequestServices.GetRequiredService<AddMembers>().ExecuteAsync(key, request, ct), RequestBody.Json);
    }

    /// <summary>Takes people off a list; who is not on it is passed over.</summary>
    [HttpPost]
    [Body(typeof(MembersRequest))]
    [Answer(typeof(MembersChanged))]
    public async Task<IActionResult> RemoveMembers(int key, CancellationToken ct)
    {
        var request = await RequestBody.ReadAsync<MembersRequest>(Request, null, ct);
        return new JsonResult(await HttpContext.RequestServices.GetRequiredService<RemoveMembers>().ExecuteAsync(key, request, ct), RequestBody.Json);
    }

    /// <summary>The people the list stands for now; takes the query options of <c>influencers</c>.</summary>
    [HttpGet]
    public async Task<IActionResult> Resolve(int key, CancellationToken ct)
    {
        var resolve = HttpContext.RequestServices.GetRequiredService<ResolveList>();
        var people = await resolve.ExecuteAsync(key, ct);
        return await resolve.WithinLimitAsync(limit => Reader.ListAsync(people, Request, limit), ct);
    }
}
