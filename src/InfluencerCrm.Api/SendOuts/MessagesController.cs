using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.SendOuts;
using Microsoft.AspNetCore.Mvc;

namespace InfluencerCrm.Api.SendOuts;

/// <summary>One mail, or manual task, to one person, with its state and the server's answer.</summary>
public sealed partial class MessagesController(MarkMessageSent markSent, SendMessageAgain sendAgain, ShowMessage show) : ReadController<Message>
{
    /// <summary>Says that an unconfirmed mail did leave, or that a manual message was delivered.</summary>
    [HttpPost]
    [Answer]
    public async Task<IActionResult> MarkSent(long key, CancellationToken ct)
    {
        await markSent.ExecuteAsync(key, ct);
        return await WriteAnswers.OfAsync(Reader, Rows().Where(m => m.Id == key), Request, null, ct);
    }

    /// <summary>Sends an unconfirmed mail once more, with the same Message-ID; refused while the connection that had it may still be at work.</summary>
    [HttpPost]
    [Answer]
    public async Task<IActionResult> SendAgain(long key, CancellationToken ct)
    {
        await sendAgain.ExecuteAsync(key, ct);
        return await WriteAnswers.OfAsync(Reader, Rows().Where(m => m.Id == key), Request, null, ct);
    }

    /// <summary>The mail as its recipient gets it: subject, text, HTML and headers.</summary>
    [HttpGet]
    [Answer(typeof(MessageContent))]
    public async Task<IActionResult> Content(long key, CancellationToken ct) => new JsonResult(await show.ExecuteAsync(key, ct), RequestBody.Json);
}
