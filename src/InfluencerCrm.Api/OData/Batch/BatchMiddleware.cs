using System.Text;
using System.Text.Json;
using InfluencerCrm.Api.Access;
using InfluencerCrm.Api.Errors;
using InfluencerCrm.Api.Limits;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace InfluencerCrm.Api.OData.Batch;

/// <summary>
/// <c>POST /odata/$batch</c>. It stands before everything that a single request passes, and its parts pass all of that.
/// </summary>
/// <remarks>
/// Not the library's handler: its change sets are no transactions (OData/WebApi#38), its parts share the services of the batch, a client
/// that asks a multipart batch with <c>Accept: application/json</c> gets an answer it cannot read, and a body it cannot read is a 500.
/// </remarks>
internal static class BatchMiddleware
{
    private const string Path = "/odata/$batch";

    public static Task Run(HttpContext http, RequestDelegate next) =>
        !http.Request.Path.Equals(Path, StringComparison.OrdinalIgnoreCase) ? next(http)
        : HttpMethods.IsPost(http.Request.Method) ? SignedInAsync(http, next)
        : NotAllowedAsync(http);

    private static Task NotAllowedAsync(HttpContext http)
    {
        http.Response.Headers.Allow = "OPTIONS, POST";
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        return ErrorResponse.WriteAsync(http, StatusCodes.Status405MethodNotAllowed, "methodNotAllowed", "A batch is sent by POST.");
    }

    private static async Task SignedInAsync(HttpContext http, RequestDelegate next)
    {
        var signedIn = await http.AuthenticateAsync();
        if (!signedIn.Succeeded)
        {
            await http.ChallengeAsync();
            return;
        }

        http.User = signedIn.Principal;
        await AccessRegistration.GuardCookieWrites(http, guarded => LimitsMiddleware.Rate(guarded, counted => LimitsMiddleware.Concurrency(counted, placed => RunAsync(placed, next))));
    }

    private static async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Headers.ContainsKey("Idempotency-Key"))
        {
            throw BatchErrors.Bad("Idempotency-Key belongs to the requests in a batch, each has its own.");
        }

        var (units, multipart) = await ReadAsync(http.Request, http.RequestAborted);
        BatchLimits.Check(units, http.Request);
        var goesOn = BatchHeaders.ContinuesOnError(http.Request);
        http.Response.Headers["OData-Version"] = "4.0";
        if (goesOn)
        {
            http.Response.Headers["Preference-Applied"] = "continue-on-error";
        }

        var run = new BatchRun(http, units, next);
        await (multipart ? AnswerMultipartAsync(http, run, goesOn) : AnswerJsonAsync(http, run, goesOn));
    }

    private static async Task<(IReadOnlyList<BatchUnit> Units, bool Multipart)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !(type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("multipart/mixed", StringComparison.OrdinalIgnoreCase)))
        {
            throw new UnsupportedMediaType("Send a batch as application/json or multipart/mixed.");
        }

        var body = await BodyAsync(request, ct);
        return type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            ? (JsonBatch.Read(body), false)
            : (await MultipartBatch.ReadAsync(request.ContentType!, body, ct), true);
    }

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpRequest request, CancellationToken ct)
    {
        BodySize.Allow(request.HttpContext, BatchLimits.LargestBatch);

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        return body.ToArray();
    }

    private static async Task AnswerJsonAsync(HttpContext http, BatchRun run, bool goesOn)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, new JsonWriterOptions { Encoder = RequestBody.Json.Encoder });
        JsonBatch.Begin(json);
        await foreach (var (_, answers) in run.RunAsync(goesOn))
        {
            foreach (var answer in answers)
            {
                JsonBatch.Write(json, answer);
            }

            await json.FlushAsync(http.RequestAborted);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }

        JsonBatch.End(json);
    }

    private static async Task AnswerMultipartAsync(HttpContext http, BatchRun run, bool goesOn)
    {
        var boundary = MultipartBatch.NewBoundary("batchresponse");
        http.Response.ContentType = $"multipart/mixed; boundary={boundary}";
        await foreach (var (unit, answers) in run.RunAsync(goesOn))
        {
            if (unit.IsChangeSet && answers.All(a => a.Succeeded))
            {
                var inner = MultipartBatch.NewBoundary("changesetresponse");
                await WriteAsync(http, $"--{boundary}\r\nContent-Type: multipart/mixed; boundary={inner}\r\n\r\n");
                foreach (var answer in answers)
                {
                    await PartAsync(http, inner, answer);
                }

                await WriteAsync(http, $"--{inner}--\r\n");
            }
            else
            {
                // A change set that failed is answered by the error of the one that failed.
                await PartAsync(http, boundary, answers[0]);
            }

            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }

        await WriteAsync(http, $"--{boundary}--\r\n");
    }

    private static async Task PartAsync(HttpContext http, string boundary, PartAnswer answer)
    {
        await WriteAsync(http, $"--{boundary}\r\n{MultipartBatch.Head(answer)}");
        await http.Response.BodyWriter.WriteAsync(answer.Body, http.RequestAborted);
        await WriteAsync(http, "\r\n");
    }

    private static async Task WriteAsync(HttpContext http, string text) =>
        await http.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(text), http.RequestAborted);
}
