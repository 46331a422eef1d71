using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.SendOuts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Api.SendOuts;

/// <summary>Mailings of a story to a list, for a purpose.</summary>
public sealed partial class SendOutsController : ArchivableController<SendOut, SendOutChanges>
{
    /// <summary>Reads every recipient's mail as scheduling would: problems (<c>error</c> or <c>warning</c>), and how many would be written to. Errors keep it from being scheduled. Where mails leave by SMTP, warnings tell too what receivers may hold against the sender's domain (SPF, DKIM, DMARC).</summary>
    [HttpPost]
    [Answer(typeof(SendOutCheck))]
    public async Task<IActionResult> Check(int key, CancellationToken ct) => Json(await Run<CheckSendOut>().ExecuteAsync(key, ct));

    /// <summary>One person's mail as it would leave, with what is missing in it.</summary>
    [HttpPost]
    [Body(typeof(PreviewRequest))]
    [Answer(typeof(SendOutPreview))]
    public async Task<IActionResult> Preview(int key, CancellationToken ct) =>
        Json(await Run<PreviewSendOut>().ExecuteAsync(key, await RequestBody.ReadAsync<PreviewRequest>(Request, null, ct), ct));

    /// <summary>Sends one mail to the address of an active user, at once; writes no message.</summary>
    [HttpPost]
    [Body(typeof(SendTestRequest))]
    [Answer(typeof(TestSent))]
    public async Task<IActionResult> SendTest(int key, CancellationToken ct) =>
        Json(await Run<SendTest>().ExecuteAsync(key, await RequestBody.ReadAsync<SendTestRequest>(Request, null, ct), ct));

    /// <summary>Freezes the list and lets the mails leave at a time, or now; 422 with the errors of the check.</summary>
    [HttpPost]
    [Body(typeof(ScheduleRequest))]
    [Answer]
    public async Task<IActionResult> Schedule(int key, CancellationToken ct)
    {
        await Run<ScheduleSendOut>().ExecuteAsync(key, await RequestBody.ReadAsync<ScheduleRequest>(Request, null, ct), ct);
        return await ChangedAsync(key, ct);
    }

    /// <summary>Gives one that is scheduled or paused another time.</summary>
    [HttpPost]
    [Body(typeof(RescheduleRequest))]
    [Answer]
    public async Task<IActionResult> Reschedule(int key, CancellationToken ct)
    {
        await Run<RescheduleSendOut>().ExecuteAsync(key, await RequestBody.ReadAsync<RescheduleRequest>(Request, null, ct), ct);
        return await ChangedAsync(key, ct);
    }

    /// <summary>Stops one that is scheduled or sending, for now; takes no right to send.</summary>
    [HttpPost]
    [Body(typeof(PauseRequest))]
    [Answer]
    public async Task<IActionResult> Pause(int key, CancellationToken ct)
    {
        await Run<PauseSendOut>().ExecuteAsync(key, await RequestBody.ReadAsync<PauseRequest>(Request, null, ct), ct);
        return await ChangedAsync(key, ct);
    }

    /// <summary>Lets a paused one go on where it was.</summary>
    [HttpPost]
    [Answer]
    public async Task<IActionResult> Resume(int key, CancellationToken ct)
    {
        await Run<ResumeSendOut>().ExecuteAsync(key, ct);
        return await ChangedAsync(key, ct);
    }

    /// <summary>Ends one for good: what waits is cancelled, what has left stays recorded.</summary>
    [HttpPost]
    [Answer]
    public async Task<IActionResult> Cancel(int key, CancellationToken ct)
    {
        await Run<CancelSendOut>().ExecuteAsync(key, ct);
        return await ChangedAsync(key, ct);
    }

    /// <summary>Lets one that the stop switch holds go on; takes the right to send, and a reason. Each send-out is lifted by itself.</summary>
    [HttpPost]
    [Body(typeof(LiftStopRequest))]
    [Answer]
    public async Task<IActionResult> LiftStop(int key, CancellationToken ct)
    {
        await Run<LiftStop>().ExecuteAsync(key, await RequestBody.ReadAsync<LiftStopRequest>(Request, null, ct), ct);
        return await ChangedAsync(key, ct);
    }

    /// <summary>Sends also to the people who came onto the list since it was frozen; whoever has a message of it gets no other. Where nobody was added nothing changes.</summary>
    [HttpPost]
    [Body(typeof(SendToAddedRequest))]
    [Answer]
    public async Task<IActionResult> SendToAdded(int key, CancellationToken ct)
    {
        await Run<SendToAdded>().ExecuteAsync(key, await RequestBody.ReadAsync<SendToAddedRequest>(Request, null, ct), ct);
        return await ChangedAsync(key, ct);
    }

    /// <summary>Makes the draft of a correction to exactly those whose mail left or may have left, in the same thread and free of contact pressure; answers with the draft.</summary>
    [HttpPost]
    [Body(typeof(CorrectRequest))]
    [Answer]
    public async Task<IActionResult> Correct(int key, CancellationToken ct) =>
        await ChangedAsync((await Run<CorrectSendOut>().ExecuteAsync(key, await RequestBody.ReadAsync<CorrectRequest>(Request, null, ct), ct)).Id, ct);

    /// <summary>How far it is: messages by status, the reasons of the skipped ones, the pace.</summary>
    [HttpGet]
    [Answer(typeof(SendOutProgress))]
    public async Task<IActionResult> Progress(int key, CancellationToken ct) => Json(await Run<ReadProgress>().ExecuteAsync(key, ct));

    private T Run<T>()
        where T : notnull => HttpContext.RequestServices.GetRequiredService<T>();

    private static JsonResult Json(object answer) => new(answer, RequestBody.Json);
}
