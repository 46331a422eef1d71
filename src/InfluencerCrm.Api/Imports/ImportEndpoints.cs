using System.Text;
using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Imports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace InfluencerCrm.Api.Imports;

/// <summary>Uploading files, ending an import, and getting refused rows back.</summary>
internal static class ImportEndpoints
{
    /// <summary>Room for what surrounds the file in a form.</summary>
    private const int FormBytes = 64 * 1024;

    public static void MapImports(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/imports").WithTags("imports").RequireAuthorization();
        group.MapPost("/", StartAsync).WithName("startImport")
            .WithSummary("Imports a file.")
            .WithDescription("A form (multipart/form-data) with the part `file`. Query: `format` (csv, xlsx or vcard; told from the file if absent), `kind` (influencers), `dryRun` (true or false). Answers at once with the import, whose progress and rows can be read under /odata/imports(id).")
            .Accepts<IFormFile>("multipart/form-data").Produces(StatusCodes.Status202Accepted);
        group.MapPost("/{id:int}/cancel", async (int id, CancelImport cancel, CancellationToken ct) => Results.Json(Answer(await cancel.ExecuteAsync(id, ct)), RequestBody.Json))
            .WithName("cancelImport").WithSummary("Ends an import that waits or runs; what it has imported stays.");
        group.MapGet("/{id:int}/rejected", RejectedAsync).WithName("getRejectedRows")
            .WithSummary("The refused rows of an import as they came: cards as vCards, others as CSV behind a column that says why.");
    }

    private static async Task<IResult> StartAsync(HttpContext http, StartImport start, IOptions<ImportOptions> options, CurrentActor scope, CancellationToken ct)
    {
        // Asked before the body is read: a large file need not travel to be refused.
        scope.Required.Require(Right.WriteContacts);
        var request = http.Request;
        var (format, kind, dryRun) = Query(request.Query);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = options.Value.MaxBytes + FormBytes;
        }

        var file = await UploadedFile.OfAsync(request, "Send multipart/form-data with the part \"file\".", ct);
        var job = await TakeAsync(start, new StartImportRequest { FileName = file.Name, Format = format ?? (IsVcard(file.ContentType) ? ImportFormat.Vcard : null), Kind = kind, DryRun = dryRun }, file.Content, ct);
        http.Response.Headers.Location = $"/odata/imports({job.Id})";
        return Results.Json(Answer(job), RequestBody.Json, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<ImportJob> TakeAsync(StartImport start, StartImportRequest request, Stream file, CancellationToken ct)
    {
        try
        {
            return await start.ExecuteAsync(request, file, ct);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException && exception.Message.StartsWith("Unexpected end of Stream", StringComparison.Ordinal))
        {
            throw new Malformed("badForm", "The form ends in the middle of the file.", UploadedFile.Part);
        }
    }

    /// <summary>RFC 6350 §10.1, and the name before it.</summary>
    private static bool IsVcard(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("text/vcard", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("text/x-vcard", StringComparison.OrdinalIgnoreCase));

    private static (ImportFormat? Format, ImportKind Kind, bool DryRun) Query(IQueryCollection query)
    {
        foreach (var (word, values) in query)
        {
            if (word is not ("format" or "kind" or "dryRun"))
            {
                throw new Malformed("unknownQueryWord", $"\"{word}\" is no query word of this address; format, kind and dryRun are.", word);
            }

            if (values.Count != 1)
            {
                throw new Malformed("badQuery", $"{word} is given {values.Count} times.", word);
            }
        }

        return (
            query.TryGetValue("format", out var format) ? Word<ImportFormat>(format!, "format") : null,
            query.TryGetValue("kind", out var kind) ? Word<ImportKind>(kind!, "kind") : ImportKind.Influencers,
            query.TryGetValue("dryRun", out var dryRun) && (dryRun == "true" || (dryRun != "false" ? throw new Malformed("badQuery", "dryRun is true or false.", "dryRun") : false)));
    }

    private static T Word<T>(string text, string target)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Words.Camel(value.ToString()) == text)
            {
                return value;
            }
        }

        throw new Malformed("badQuery", $"{target} is one of {string.Join(", ", Enum.GetNames<T>().Select(Words.Camel))}.", target);
    }

    private static async Task RejectedAsync(int id, HttpContext http, WriteRejectedRows write, CurrentActor scope, CancellationToken ct)
    {
        scope.Required.Require(RowAccess.ToRead(typeof(ImportJob)));
        await write.ExecuteAsync(
            id,
            job =>
            {
                var isVcard = job.Format == ImportFormat.Vcard;
                http.Response.ContentType = isVcard ? "text/vcard; charset=utf-8" : "text/csv; charset=utf-8";
                var disposition = new ContentDispositionHeaderValue("attachment");
                disposition.SetHttpFileName($"{Path.GetFileNameWithoutExtension(job.FileName)}-rejected.{(isVcard ? "vcf" : "csv")}");
                http.Response.Headers.ContentDisposition = disposition.ToString();

                // Excel takes a file without the mark for Windows-1252; in a vCard it would stand before BEGIN.
                return new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: !isVcard));
            },
            ct);
    }

    private static object Answer(ImportJob job) => new
    {
        job.Id, job.FileName, job.Format, job.Kind, job.DryRun, job.Status, job.Total, job.Processed, job.Created, job.Updated, job.Unchanged, job.Refused, job.Error,
        job.StartedAt, job.FinishedAt, job.RequestedById, job.CreatedAt,
    };
}
