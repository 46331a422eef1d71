using InfluencerCrm.Api.Limits;
using InfluencerCrm.Api.Idempotency;
using InfluencerCrm.Api.Imports;
using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Archives;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace InfluencerCrm.Api.Exports;

/// <summary>The whole installation as one file, out and in.</summary>
internal static class ArchiveEndpoints
{
    private const int FormBytes = 64 * 1024;

    private const string Zip = "application/zip";

    public static void MapArchive(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/archive").WithTags("archive").RequireAuthorization();
        group.MapGet("/", WriteAsync)
            .WithName("exportArchive").WithSummary("Everything in the installation as one .zip")
            .WithDescription("Admins only. JSON lines, one file a table, and a manifest; the format is described in api-docs/archive.md. It holds personal data and hashes of passwords and keys: keep it as safe as the database.")
            .Produces(StatusCodes.Status200OK, contentType: Zip);
        group.MapPost("/", TakeAsync)
            .WithName("importArchive").WithMetadata(new NoIdempotencyKeyAttribute()).WithSummary("Takes an archive into an empty installation")
            .WithDescription("Admins only, and only where there is nothing but the first of them. The archive as the body (application/zip), or as the part `file` of a form. All or nothing. Afterwards the archive's accounts and keys sign in, not the first admin's. Stop the installation it comes from first: mails that are due leave from here.")
            .Accepts<IFormFile>(Zip, "multipart/form-data").WithMetadata(new AnswerAttribute(typeof(RestoredArchive)));
    }

    // A task without a result: what the use case tells would be taken for the answer.
    private static async Task WriteAsync(HttpResponse response, WriteArchive write, TimeProvider clock, CancellationToken ct) => await write.ExecuteAsync(() => Begin(response, clock), ct);

    private static Stream Begin(HttpResponse response, TimeProvider clock)
    {
        response.ContentType = Zip;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"influencercrm-{clock.GetUtcNow():yyyy-MM-dd-HHmm}.zip");
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.CacheControl = "no-store";
        return response.Body;
    }

    private static async Task<IResult> TakeAsync(HttpContext http, RestoreArchive restore, IOptions<ArchiveOptions> options, CurrentActor scope, CancellationToken ct)
    {
        // Asked before the body is read: it may be large.
        scope.Required.Require(Right.Administer);
        BodySize.Allow(http, options.Value.MaxBytes + FormBytes);

        // The list of what is in a .zip stands at its end.
        await using var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        await KeepAsync(await BodyAsync(http.Request, ct), file, options.Value.MaxBytes, ct);
        return Results.Json(await restore.ExecuteAsync(file, ct), RequestBody.Json);
    }

    private static async Task<Stream> BodyAsync(HttpRequest request, CancellationToken ct)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(Zip, StringComparison.OrdinalIgnoreCase))
        {
            return request.Body;
        }

        return (await UploadedFile.OfAsync(request, $"Send the archive as {Zip}, or multipart/form-data with the part \"file\".", null, ct)).Content;
    }

    private static async Task KeepAsync(Stream body, FileStream file, long most, CancellationToken ct)
    {
        var buffer = new byte[128 * 1024];
        try
        {
            for (int count; (count = await body.ReadAsync(buffer, ct)) > 0;)
            {
                if (file.Length + count > most)
                {
                    throw new TooLarge($"An archive of at most {most / 1024 / 1024:N0} MB is taken; Archive__MaxBytes says so.");
                }

                await file.WriteAsync(buffer.AsMemory(0, count), ct);
            }

            await file.FlushAsync(ct);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException && exception.Message.StartsWith("Unexpected end of Stream", StringComparison.Ordinal))
        {
            throw new Malformed("badForm", "The form ends in the middle of the file.", UploadedFile.Part);
        }
    }
}
