using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.Stories;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace InfluencerCrm.Api.Stories;

/// <summary>A story's files: brought by the team, fetched by the recipients of a mail.</summary>
internal static class AssetEndpoints
{
    /// <summary>What a multipart body may hold beside the file.</summary>
    private const int Around = 64 * 1024;

    /// <summary>The file as it was kept.</summary>
    /// <param name="FileName">As it was uploaded.</param>
    /// <param name="MediaType">As it will be sent.</param>
    /// <param name="Size">Bytes.</param>
    private sealed record AssetAdded(int Id, int StoryId, string FileName, string MediaType, int Size);

    public static void MapAssets(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/stories/{id:int}/assets", AddAsync)
            .RequireAuthorization().WithTags("stories").Produces(StatusCodes.Status201Created).WithMetadata(new AnswerAttribute(typeof(AssetAdded)))
            .Accepts<IFormFile>("multipart/form-data")
            .WithName("addStoryAsset").WithSummary("Adds a file to a story").WithDescription("A form with one part named `file`, 20 MB at most.");
        app.MapGet("/assets/{assetId:int}/{token}", OpenAsync)
            .AllowAnonymous().WithTags("stories").Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .WithName("openAsset").WithSummary("A story's file").WithDescription("For the recipient of a mail that links to it: the address is the right to it. Always a download.");
    }

    private static async Task<IResult> AddAsync(int id, HttpRequest request, AddStoryAsset add, CancellationToken ct)
    {
        if (!request.HasFormContentType)
        {
            throw new UnsupportedMediaType("Send multipart/form-data with one part named file.");
        }

        var file = (await FormAsync(request, ct)).Files.GetFile("file") ?? throw new Malformed("noFile", "The form has no file named file.", "file");
        var content = new byte[file.Length];
        await using (var stream = file.OpenReadStream())
        {
            await stream.ReadExactlyAsync(content, ct);
        }

        var asset = await add.ExecuteAsync(id, new AddStoryAssetRequest(file.FileName, file.ContentType, content), ct);
        return Results.Json(new AssetAdded(asset.Id, asset.StoryId, asset.FileName, asset.MediaType, asset.Size), RequestBody.Json, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IFormCollection> FormAsync(HttpRequest request, CancellationToken ct)
    {
        var tooLarge = new BadHttpRequestException($"A file holds {StoryAsset.MaxSize / (1024 * 1024)} MB at most.", StatusCodes.Status413PayloadTooLarge);
        if (request.ContentLength > StoryAsset.MaxSize + Around)
        {
            throw tooLarge;
        }

        try
        {
            return await request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = StoryAsset.MaxSize, ValueCountLimit = 16, BufferBodyLengthLimit = StoryAsset.MaxSize + Around }, ct);
        }
        catch (InvalidDataException exception) when (exception.Message.Contains("length limit", StringComparison.Ordinal))
        {
            throw tooLarge;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new Malformed("badForm", "The body is no valid multipart/form-data.");
        }
    }

    private static async Task<IResult> OpenAsync(int assetId, string token, HttpResponse response, OpenAsset open, CancellationToken ct)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers["Referrer-Policy"] = "no-referrer";
        var asset = await open.ExecuteAsync(assetId, token, ct) ?? throw new NotFound("file");

        // Naming the file makes it a download: nothing of what people upload is shown inside our address.
        return Results.File(asset.Content, asset.MediaType, asset.FileName);
    }
}
