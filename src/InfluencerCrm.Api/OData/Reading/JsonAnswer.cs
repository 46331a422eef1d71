using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OData.Extensions;
using Microsoft.Net.Http.Headers;
using Microsoft.OData;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>
/// An answer in OData JSON. It is whole before its first byte leaves, in pooled memory, so that an error is an error and not a torn 200;
/// then it is sent at the client's pace.
/// </summary>
internal sealed class JsonAnswer : IActionResult
{
    private readonly int _status;
    private readonly string _contentType;
    private readonly string _version;
    private readonly Pipe _body = new(new PipeOptions(pauseWriterThreshold: 0, minimumSegmentSize: 32 * 1024, useSynchronizationContext: false));

    private JsonAnswer(int status, string contentType, string version) => (_status, _contentType, _version) = (status, contentType, version);

    /// <summary>Writes an answer to the request with as much control information as it wants.</summary>
    /// <param name="write">Given the writer, and the names' prefix: <c>@odata.</c>, or <c>@</c> from version 4.01 on.</param>
    public static JsonAnswer Of(HttpRequest request, int status, Action<Utf8JsonWriter, RowWriter> write)
    {
        var metadata = Wanted(request);
        var newest = request.GetODataVersion() == ODataVersion.V401;
        var answer = new JsonAnswer(status, $"application/json;odata.metadata={metadata.ToString().ToLowerInvariant()};odata.streaming=true;charset=utf-8", newest ? "4.01" : "4.0");
        using (var json = new Utf8JsonWriter(answer._body.Writer, RowWriter.Options))
        {
            write(json, new RowWriter(json, newest ? "@" : "@odata.", metadata, Root(request)));
        }

        answer._body.Writer.Complete();
        return answer;
    }

    public static string Root(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}/odata/";

    /// <summary>From <c>$format</c>, else from <c>Accept</c>; <c>minimal</c> where neither says.</summary>
    public static Metadata Wanted(HttpRequest request)
    {
        var format = request.Query["$format"].ToString();
        var said = format.Length > 0 ? format : request.Headers.Accept.ToString();
        if (!said.Contains("metadata=", StringComparison.OrdinalIgnoreCase) || !MediaTypeHeaderValue.TryParseList([said], out var types))
        {
            return Metadata.Minimal;
        }

        foreach (var type in types.OrderByDescending(t => t.Quality ?? 1))
        {
            var wanted = type.Parameters.FirstOrDefault(p => p.Name.Value?.EndsWith("metadata", StringComparison.OrdinalIgnoreCase) == true)?.Value.Value;
            if (Enum.TryParse<Metadata>(wanted, ignoreCase: true, out var metadata))
            {
                return metadata;
            }
        }

        return Metadata.Minimal;
    }

    public async Task ExecuteResultAsync(ActionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var response = context.HttpContext.Response;
        response.StatusCode = _status;
        response.ContentType = _contentType;
        response.Headers["OData-Version"] = _version;
        var ct = context.HttpContext.RequestAborted;
        try
        {
            while (true)
            {
                var read = await _body.Reader.ReadAsync(ct);
                if (read.IsCompleted && read.Buffer.IsSingleSegment)
                {
                    response.ContentLength ??= response.HasStarted ? null : read.Buffer.Length;
                }

                foreach (var part in read.Buffer)
                {
                    await response.BodyWriter.WriteAsync(part, ct);
                }

                _body.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }
        }
        finally
        {
            await _body.Reader.CompleteAsync();
        }
    }
}
