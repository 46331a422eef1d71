using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.Inbound;
using Microsoft.AspNetCore.Mvc;

namespace InfluencerCrm.Api.Inbound;

/// <summary>Mails that came in and what became of them; those with <c>state eq 'waiting'</c> need a person to look.</summary>
public sealed class InboundMailsController(ResolveMail resolve) : ReadController<InboundMail>
{
    /// <summary>What a person decided.</summary>
    /// <param name="Apply">True: the mail does what it says. False: it changes nothing.</param>
    /// <param name="InfluencerId">Whom it is from or about, where no message says it.</param>
    internal sealed record ResolveRequest(bool Apply, int? InfluencerId = null);

    /// <summary>Ends the waiting of a mail: lets it do what it says, or nothing.</summary>
    [HttpPost]
    [Body(typeof(ResolveRequest))]
    [Answer]
    public async Task<IActionResult> Resolve(long key, CancellationToken ct)
    {
        var request = await RequestBody.ReadAsync<ResolveRequest>(Request, null, ct);
        await resolve.ExecuteAsync(key, request.Apply, request.InfluencerId, ct);
        return await WriteAnswers.OfAsync(Reader, Rows().Where(m => m.Id == key), Request, null, ct);
    }
}
