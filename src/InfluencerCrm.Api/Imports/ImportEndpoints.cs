using System.Text.Json;
using InfluencerCrm.Api.Limits;
using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Imports;
using InfluencerCrm.Core.Imports.Columns;
using InfluencerCrm.Core.Imports.Reverting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace InfluencerCrm.Api.Imports;

/// <summary>Uploading files, ending an import, and getting refused rows back.</summary>
internal static class ImportEndpoints
{
    /// <summary>Room for what surrounds the file in a form.</summary>
    private const int FormBytes = 64 * 1024;

    private const string ColumnsPart = "columns";

    public static void MapImports(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/imports").WithTags("imports").RequireAuthorization();
        group.MapPost("/", StartAsync).WithName("startImport")
            .WithSummary("Imports a file").WithMetadata(
                new AnswerAttribute(typeof(ImportJob)),
                new QueryWordAttribute("format", "Told from the file if absent.") { Words = ["csv", "xlsx", "vcard", "opml"] },
                new QueryWordAttribute("kind", "What the rows are; if absent influencers, of OPML outlets.") { Words = ["influencers", "outlets", "coverage", "suppressions"] },
                new QueryWordAttribute("dryRun", "`true` says what would happen to each row, and changes nothing.") { Words = ["true", "false"] },
                new QueryWordAttribute("preset", "Name of one of /odata/importPresets."),
                new FormPartAttribute(ColumnsPart, "Before the file: a JSON object of headings and the fields they are taken as (null: not taken), such as `{\"Média\":\"outlet\",\"Vu le\":null}`."))
            .WithDescription("A form with the part `file` and, before it, perhaps a part `columns`. Answers at once with the import, whose progress and rows can be read under /odata/imports(id).")
            .Accepts<IFormFile>("multipart/form-data").Produces(StatusCodes.Status202Accepted);
        group.MapPost("/{id:int}/cancel", async (int id, CancelImport cancel, CancellationToken ct) => Results.Json(Answer(await cancel.ExecuteAsync(id, ct)), RequestBody.Json))
            .WithMetadata(new AnswerAttribute(typeof(ImportJob)))
            .WithName("cancelImport").WithSummary("Ends an import").WithDescription("One that waits or runs; what it has imported stays.");
        group.MapPost("/{id:int}/revert", async (int id, RevertImport revert, CancellationToken ct) => Results.Json(Answer(await revert.ExecuteAsync(id, ct)), RequestBody.Json, statusCode: StatusCodes.Status202Accepted))
            .WithMetadata(new AnswerAttribute(typeof(ImportJob)))
            .WithName("revertImport").WithSummary("Takes an import back").WithDescription("What it created goes unless somebody has touched or used it since, values it changed become those of before. Oppositions stay. Each row says what became of it.")
            .Produces(StatusCodes.Status202Accepted);
        group.MapGet("/{id:int}/rejected", RejectedAsync).WithName("getRejectedRows")
            .WithSummary("The refused rows of an import").WithDescription("As they came, in the format they came in, behind a column that says why; to be put right and imported again.")
            .Produces(StatusCodes.Status200OK, null, "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/vcard", "text/x-opml");
    }

    private static async Task<IResult> StartAsync(HttpContext http, StartImport start, IOptions<ImportOptions> options, CurrentActor scope, CancellationToken ct)
    {
        // Asked before the body is read: a large file need not travel to be refused.
        scope.Required.Require(Right.WriteContacts);
        var request = http.Request;
        var (format, kind, dryRun, preset) = Query(request.Query);
        BodySize.Allow(http, options.Value.MaxBytes + FormBytes);

        var columns = new List<ColumnUse>();
        var (name, file, type) = await UploadedFile.OfAsync(
            request,
            "Send multipart/form-data with the part \"file\".",
            async (part, body) =>
            {
                if (part == ColumnsPart)
                {
                    columns.AddRange(await ColumnsAsync(body, ct));
                }

                return part == ColumnsPart;
            },
            ct);
        var job = await TakeAsync(start, new StartImportRequest { FileName = name, Format = format ?? (IsVcard(type) ? ImportFormat.Vcard : null), Kind = kind, DryRun = dryRun, Preset = preset, Columns = columns }, file, ct);
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

    /// <summary>The part "columns", before the file: <c>{"Média":"outlet","Vu le":null}</c>.</summary>
    private static async Task<IEnumerable<ColumnUse>> ColumnsAsync(Stream part, CancellationToken ct)
    {
        var buffer = new byte[FormBytes];
        var length = await part.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        if (length == buffer.Length)
        {
            throw new TooLarge("The part \"columns\" is larger than is taken.", ColumnsPart);
        }

        try
        {
            return (JsonSerializer.Deserialize<Dictionary<string, string?>>(buffer.AsSpan(0, length)) ?? []).Select(c => new ColumnUse(c.Key, string.IsNullOrEmpty(c.Value) ? null : c.Value));
        }
        catch (JsonException)
        {
            throw new Malformed("badColumns", "The part \"columns\" is a JSON object of headings and the fields they are taken as, such as {\"Média\":\"outlet\",\"Vu le\":null}.", ColumnsPart);
        }
    }

    private static (ImportFormat? Format, ImportKind? Kind, bool DryRun, string? Preset) Query(IQueryCollection query)
    {
        foreach (var (word, values) in query)
        {
            if (word is not ("format" or "kind" or "dryRun" or "preset"))
            {
                throw new Malformed("unknownQueryWord", $"\"{word}\" is no query word of this address; format, kind, dryRun and preset are.", word);
            }

            if (values.Count != 1)
            {
                throw new Malformed("badQuery", $"{word} is given {values.Count} times.", word);
            }
        }

        return (
            query.TryGetValue("format", out var format) ? Word<ImportFormat>(format!, "format") : null,
            query.TryGetValue("kind", out var kind) ? Word<ImportKind>(kind!, "kind") : null,
            query.TryGetValue("dryRun", out var dryRun) && (dryRun == "true" || (dryRun != "false" ? throw new Malformed("badQuery", "dryRun is true or false.", "dryRun") : false)),
            query.TryGetValue("preset", out var preset) ? preset.ToString() : null);
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
                var (extension, type) = job.Format switch
                {
                    ImportFormat.Vcard => ("vcf", "text/vcard; charset=utf-8"),
                    ImportFormat.Opml => ("opml", "text/x-opml; charset=utf-8"),
                    ImportFormat.Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                    _ => ("csv", "text/csv; charset=utf-8"),
                };
                http.Response.ContentType = type;
                var disposition = new ContentDispositionHeaderValue("attachment");
                disposition.SetHttpFileName($"{Path.GetFileNameWithoutExtension(job.FileName)}-rejected.{extension}");
                http.Response.Headers.ContentDisposition = disposition.ToString();
                return http.Response.Body;
            },
            ct);
    }

    private static object Answer(ImportJob job) => new
    {
        job.Id, job.FileName, job.Format, job.Kind, job.DryRun, job.Status, job.Total, job.Processed, job.Created, job.Updated, job.Unchanged, job.Refused, job.Undone, job.Kept, job.Description, job.Columns, job.Error,
        job.StartedAt, job.FinishedAt, job.RequestedById, job.CreatedAt,
    };
}
