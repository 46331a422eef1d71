using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace InfluencerCrm.Api.Imports;

/// <summary>The one file of a form, read as it comes.</summary>
internal sealed record UploadedFile(string Name, Stream Content, string? ContentType)
{
    public const string Part = "file";

    /// <param name="request">The form.</param>
    /// <param name="otherwise">What to send, for whoever sent no form.</param>
    /// <param name="other">Takes a part that stands before the file; false: there is none of this name. Null: there is none at all.</param>
    public static async Task<UploadedFile> OfAsync(HttpRequest request, string otherwise, Func<string, Stream, Task<bool>>? other, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= 200 } boundary)
        {
            throw new UnsupportedMediaType(otherwise);
        }

        return await FirstAsync(new MultipartReader(boundary.ToString(), request.Body), other, ct) ?? throw new Malformed("noFile", "The form has no part \"file\".", Part);
    }

    private static async Task<UploadedFile?> FirstAsync(MultipartReader parts, Func<string, Stream, Task<bool>>? other, CancellationToken ct)
    {
        try
        {
            while (await parts.ReadNextSectionAsync(ct) is { } part)
            {
                if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase))
                {
                    throw new Malformed("badForm", "A part of the form does not say what it is.");
                }

                var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
                if (name != Part)
                {
                    if (other is not null && await other(name, part.Body))
                    {
                        continue;
                    }

                    throw new Malformed("unknownMember", $"The form has a part \"{name}\", which is not known here before \"file\".", name);
                }

                var fileName = disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName);
                return new UploadedFile(fileName.HasValue ? fileName.ToString() : "upload", part.Body, part.ContentType);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new Malformed("badForm", "The form ends in its middle, or its parts cannot be told from one another.");
        }

        return null;
    }
}
