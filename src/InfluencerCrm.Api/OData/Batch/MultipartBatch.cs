using System.Globalization;
using System.Text;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace InfluencerCrm.Api.OData.Batch;

/// <summary>The multipart form of a batch (OData 4.01 protocol, 11.7.7): parts are HTTP messages, change sets are multipart themselves.</summary>
internal static class MultipartBatch
{
    private const string ContentId = "Content-ID";

    /// <exception cref="Malformed">The body is no batch.</exception>
    public static async Task<IReadOnlyList<BatchUnit>> ReadAsync(string contentType, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var units = new List<BatchUnit>();
        var parts = 0;
        foreach (var (headers, content) in await SectionsAsync(contentType, WithLineEnds(body), ct))
        {
            var type = headers.GetValueOrDefault("Content-Type");
            if (type is null || BoundaryOf(type) is null)
            {
                units.Add(new BatchUnit(null, [Part(headers, content, null)]));
                parts++;
                continue;
            }

            var group = string.Create(CultureInfo.InvariantCulture, $"\u0001changeset{units.Count}");
            var inside = (await SectionsAsync(type, content, ct)).Select(s => Part(s.Headers, s.Content, group)).ToList();
            if (inside.Find(p => HttpMethods.IsGet(p.Method) || HttpMethods.IsHead(p.Method)) is { } read)
            {
                throw BatchErrors.Bad("A change set holds no request that only reads.", read.Id);
            }

            units.Add(new BatchUnit(group, inside));
            parts += inside.Count;
        }

        return units;
    }

    public static string NewBoundary(string kind) => $"{kind}_{Guid.NewGuid():N}";

    public static string Head(PartAnswer answer)
    {
        var text = new StringBuilder("Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n");
        if (answer.Part.Id is { } id)
        {
            text.Append(CultureInfo.InvariantCulture, $"{ContentId}: {id}\r\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\r\nHTTP/1.1 {answer.Status} {ReasonPhrases.GetReasonPhrase(answer.Status)}\r\n");
        foreach (var (name, value) in answer.Headers)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        return text.Append("\r\n").ToString();
    }

    public static string? BoundaryOf(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals("multipart/mixed", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).ToString() : null;

    // Batches typed by hand end their lines as the editor does.
    private static ReadOnlyMemory<byte> WithLineEnds(ReadOnlyMemory<byte> body) =>
        body.Span.Contains((byte)'\r') ? body : Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(body.Span).Replace("\n", "\r\n", StringComparison.Ordinal));

    private static async Task<List<(Dictionary<string, string> Headers, ReadOnlyMemory<byte> Content)>> SectionsAsync(string contentType, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        if (BoundaryOf(contentType) is not { Length: > 0 and <= 70 } boundary)
        {
            throw BatchErrors.Bad("The boundary of a batch or change set is missing, or longer than 70 characters.");
        }

        var sections = new List<(Dictionary<string, string>, ReadOnlyMemory<byte>)>();
        try
        {
            var reader = new MultipartReader(boundary, new MemoryStream(body.ToArray()));
            while (await reader.ReadNextSectionAsync(ct) is { } section)
            {
                if (sections.Count == BatchLimits.MostParts)
                {
                    throw new Malformed("batchTooLarge", $"A batch holds {BatchLimits.MostParts} requests at most; send several.");
                }

                using var content = new MemoryStream();
                await section.Body.CopyToAsync(content, ct);
                sections.Add(((section.Headers ?? []).ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), content.ToArray()));
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw BatchErrors.Bad("The multipart body ends in its middle, or its parts cannot be told from one another.");
        }

        return sections;
    }

    private static BatchPart Part(Dictionary<string, string> headers, ReadOnlyMemory<byte> content, string? group)
    {
        var id = headers.GetValueOrDefault(ContentId);
        if (!MediaTypeHeaderValue.TryParse(headers.GetValueOrDefault("Content-Type"), out var type) || !type.MediaType.Equals("application/http", StringComparison.OrdinalIgnoreCase))
        {
            throw BatchErrors.Bad("Each part of a batch is application/http, or a change set (multipart/mixed) that is in no other.", id);
        }

        var end = content.Span.IndexOf("\r\n\r\n"u8);
        var lines = Encoding.UTF8.GetString(end < 0 ? content.Span : content.Span[..end]).TrimStart('\r', '\n').Split("\r\n");
        var words = lines[0].Split(' ', 2, StringSplitOptions.TrimEntries);
        if (words.Length < 2 || words[1].Length == 0)
        {
            throw BatchErrors.Bad("A part begins with a line such as GET influencers(1) HTTP/1.1.", id);
        }

        var version = words[1].LastIndexOf(" HTTP/", StringComparison.Ordinal);
        var own = new HeaderDictionary();
        foreach (var line in lines.Skip(1).Where(l => l.Length > 0))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1)
            {
                throw BatchErrors.Bad("A header of a request in the batch cannot be read.", id);
            }

            BatchHeaders.Add(own, line[..colon], line[(colon + 1)..].Trim(), id);
        }

        // In older clients the id stands in the request inside.
        if (id is null && own.Remove(ContentId, out var inside) && !StringValues.IsNullOrEmpty(inside))
        {
            id = inside.ToString();
        }

        return new BatchPart(id, words[0].ToUpperInvariant(), version < 0 ? words[1] : words[1][..version], own, end < 0 ? default : Body(words[0], own, content[(end + 4)..]), group, []);
    }

    private static ReadOnlyMemory<byte> Body(string method, HeaderDictionary headers, ReadOnlyMemory<byte> rest)
    {
        // What follows a request without a body is the line end before the boundary.
        if (method is "GET" or "HEAD" or "DELETE" or "OPTIONS" || rest.Span.IndexOfAnyExcept((byte)'\r', (byte)'\n') < 0)
        {
            return default;
        }

        return headers.ContentLength is { } length && length < rest.Length ? rest[..(int)length] : rest;
    }
}
