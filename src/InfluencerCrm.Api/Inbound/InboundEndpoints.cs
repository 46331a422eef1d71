using InfluencerCrm.Api.Limits;
using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Inbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace InfluencerCrm.Api.Inbound;

/// <summary>Where mails that came in are handed over, by a mail server's pipe or an automation.</summary>
internal static class InboundEndpoints
{
    // The second is the same with addresses outside ASCII (RFC 6532).
    private static readonly string[] Types = ["message/rfc822", "message/global"];

    public static void MapInbound(this IEndpointRouteBuilder api) =>
        api.MapPost("/inbound-mail", ReceiveAsync).WithTags("inboundMails").WithName("receiveMail").RequireAuthorization()
            .WithSummary("Takes a mail that came in, as message/rfc822, and says what it is: reply, bounce, autoReply, complaint, unsubscribe, delay or other.")
            .WithDescription("Any mail is answered. It changes something only if it carries the token of one of our messages and comes from, or reports on, the address that message went to (reports: within 14 days); else it waits under /odata/inboundMails for a person. Each mail is taken once: handed in again it gets the same answer. At most 25 MB.")
            .Accepts<string>(Types[0]).Produces<InboundAnswer>();

    private static async Task<IResult> ReceiveAsync(HttpContext http, ReceiveMail receive, CurrentActor scope, CancellationToken ct)
    {
        // Asked before the body is read: a large mail need not travel to be refused.
        scope.Required.Require(Right.WriteContacts);
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !Types.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
        {
            throw new UnsupportedMediaType($"Send the mail as it came, as {Types[0]}.");
        }

        var answer = await receive.ExecuteAsync(await BodyAsync(http, ct), ct);
        return Results.Json(answer, RequestBody.Json);
    }

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpContext http, CancellationToken ct)
    {
        if (http.Request.ContentLength > ReceiveMail.MaxBytes)
        {
            throw TooLarge();
        }

        // One more than is taken, so that the refusal is ours and says what is.
        BodySize.Allow(http, ReceiveMail.MaxBytes + 1);

        var mail = new MemoryStream((int)Math.Min(http.Request.ContentLength ?? 0, 1024 * 1024));
        var buffer = new byte[64 * 1024];
        for (int count; (count = await http.Request.Body.ReadAsync(buffer, ct)) > 0;)
        {
            if (mail.Length + count > ReceiveMail.MaxBytes)
            {
                throw TooLarge();
            }

            mail.Write(buffer.AsSpan(0, count));
        }

        return mail.GetBuffer().AsMemory(0, (int)mail.Length);
    }

    private static TooLarge TooLarge() => new($"A mail of at most {ReceiveMail.MaxBytes / 1024 / 1024} MB is taken.");
}
