using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Exports;
using InfluencerCrm.Core.MediaLists;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace InfluencerCrm.Api.Exports;

/// <summary>Tables as files, for those who go on working in a spreadsheet.</summary>
internal static class ExportEndpoints
{
    private const string Description = "Only rows that the caller may see. CSV is UTF-8 with a mark; texts that begin like a formula have an apostrophe before them.";

    private static readonly QueryWordAttribute[] Query =
    [
        new("format", "csv if absent.") { Words = ["csv", "xlsx"] },
        new("filter", "A condition as `$filter` has it, such as `country eq 'FR'`."),
    ];

    public static void MapExports(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/exports").WithTags("exports").WithMetadata([.. Query]).RequireAuthorization();
        group.MapGet("/influencers", (HttpContext http, CrmDbContext db, ExportPeople export, CancellationToken ct) => AnswerAsync(http, () => export.Execute(Filtered(http, db.Influencers)), ct))
            .WithName("exportInfluencers").WithSummary("People with addresses, role and topics; the import reads the file back.").WithDescription(Description).Produces(StatusCodes.Status200OK, null, "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        group.MapGet("/interactions", (HttpContext http, CrmDbContext db, ExportInteractions export, CancellationToken ct) => AnswerAsync(http, () => export.Execute(Filtered(http, db.Interactions)), ct))
            .WithName("exportInteractions").WithSummary("Interactions with names.").WithDescription(Description).Produces(StatusCodes.Status200OK, null, "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        group.MapGet("/coverage", (HttpContext http, CrmDbContext db, ExportCoverage export, CancellationToken ct) => AnswerAsync(http, () => export.Execute(Filtered(http, db.Coverage)), ct))
            .WithName("exportCoverage").WithSummary("Coverage as a press review lists it.").WithDescription(Description).Produces(StatusCodes.Status200OK, null, "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        group.MapGet("/mediaLists/{id:int}", ListAsync)
            .WithName("exportMediaList").WithSummary("The people of a media list, as it stands now.").WithDescription(Description).Produces(StatusCodes.Status200OK, null, "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    }

    private static async Task ListAsync(int id, HttpContext http, ResolveList resolve, ExportPeople export, CancellationToken ct)
    {
        var people = await resolve.ExecuteAsync(id, ct);
        await AnswerAsync(http, () => export.Execute(Filtered(http, people)), ct);
    }

    private static async Task AnswerAsync(HttpContext http, Func<Sheet> sheet, CancellationToken ct)
    {
        foreach (var (word, values) in http.Request.Query)
        {
            if (word is not ("format" or "filter") || values.Count != 1)
            {
                throw word is "format" or "filter" ? new Malformed("badQuery", $"{word} is given {values.Count} times.", word)
                    : new Malformed("unknownQueryWord", $"\"{word}\" is no query word of this address; format and filter are.", word);
            }
        }

        switch (http.Request.Query["format"].ToString())
        {
            case "" or "csv":
                var csv = sheet();
                Begin(http.Response, csv, "csv", "text/csv; charset=utf-8");
                await CsvSheet.WriteAsync(csv, http.Response.Body, ct);
                break;
            case "xlsx":
                var workbook = sheet();

                // The parts of a workbook cannot be written straight to a client: the library goes back in the file.
                await using (var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous }))
                {
                    await XlsxSheet.WriteAsync(workbook, file, ct);
                    file.Position = 0;
                    Begin(http.Response, workbook, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
                    http.Response.ContentLength = file.Length;
                    await file.CopyToAsync(http.Response.Body, ct);
                }

                break;
            default:
                throw new Malformed("badQuery", "format is csv or xlsx.", "format");
        }
    }

    private static void Begin(HttpResponse response, Sheet sheet, string extension, string type)
    {
        response.ContentType = type;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{sheet.Name}.{extension}");
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.CacheControl = "no-store";
    }

    private static IQueryable<T> Filtered<T>(HttpContext http, IQueryable<T> rows)
        where T : class, IRow
    {
        var filter = http.Request.Query["filter"].ToString();
        try
        {
            return filter.Length == 0 ? rows : SetFilter.Apply(rows, filter);
        }
        catch (RuleViolation refused)
        {
            throw new Malformed("badQuery", refused.Message, "filter");
        }
    }
}
