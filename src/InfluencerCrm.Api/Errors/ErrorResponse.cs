using System.Data.Common;
using System.Text.Json;
using InfluencerCrm.Api.Limits;
using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.Protocol;
using InfluencerCrm.Core.Changes;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.OData;

namespace InfluencerCrm.Api.Errors;

/// <summary>The one error shape: <c>{"error":{"code","message","target","details"}}</c>; never a stack trace.</summary>
internal static class ErrorResponse
{
    public static async Task WriteAsync(HttpContext http, int status, string code, string message, string? target = null, IReadOnlyList<ErrorDetail>? details = null)
    {
        http.Response.StatusCode = status;

        // The rest of the body is not read: who keeps the connection must not send the next request into it.
        if (status == StatusCodes.Status413PayloadTooLarge && HttpProtocol.IsHttp11(http.Request.Protocol) && http.Features.Get<InsideBatch>() is null)
        {
            http.Response.Headers.Connection = "close";
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers["OData-Version"] = "4.0";
        await http.Response.WriteAsync(JsonSerializer.Serialize(new { error = new { code, message, target, details = details ?? [] } }, RequestBody.Json), http.RequestAborted);
    }

    public static int StatusOf(CrmError error) => error switch
    {
        Malformed => StatusCodes.Status400BadRequest,
        Forbidden => StatusCodes.Status403Forbidden,
        NotFound => StatusCodes.Status404NotFound,
        NotAcceptable => StatusCodes.Status406NotAcceptable,
        Conflict => StatusCodes.Status409Conflict,
        Erased or ChangesGone => StatusCodes.Status410Gone,
        VersionMismatch => StatusCodes.Status412PreconditionFailed,
        TooLarge => StatusCodes.Status413PayloadTooLarge,
        UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        RuleViolation => StatusCodes.Status422UnprocessableEntity,
        PreconditionRequired => StatusCodes.Status428PreconditionRequired,
        _ => StatusCodes.Status500InternalServerError,
    };
}

/// <summary>Turns what was thrown into the error shape, once for the whole API.</summary>
internal sealed partial class ErrorHandler(ILogger<ErrorHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case CrmError error:
                await ErrorResponse.WriteAsync(httpContext, ErrorResponse.StatusOf(error), error.Code, error.Message, error.Target, error.Details);
                return true;
            case ODataException odata:
                var refusal = QueryWords.Refusal(odata);
                await ErrorResponse.WriteAsync(httpContext, StatusCodes.Status400BadRequest, refusal.Code, refusal.Message, refusal.Target, refusal.Details);
                return true;
            case BadHttpRequestException bad:
                await ErrorResponse.WriteAsync(httpContext, bad.StatusCode, bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "tooLarge" : "badRequest", bad.Message);
                return true;
            // Kestrel's own words for a chunk whose size is no number it can hold; its other bad bodies are BadHttpRequestExceptions.
            case IOException { InnerException: OverflowException }:
                await ErrorResponse.WriteAsync(httpContext, StatusCodes.Status400BadRequest, "badRequest", "The chunks of the body cannot be read.");
                return true;
            // A database that is stopped in the middle of its rows says so in its own words.
            case OperationCanceledException or DbException when httpContext.RequestAborted.IsCancellationRequested:
                httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                return true;
            case DbException refused when IsRead(httpContext) && httpContext.RequestServices.GetRequiredService<IDatabaseProvider>().IsQueryFault(refused):
                Refused(logger, refused, httpContext.TraceIdentifier);
                await ErrorResponse.WriteAsync(httpContext, StatusCodes.Status400BadRequest, "notSupported", "The database cannot answer this query: a value in it is out of range, or of a type that this cannot be done with.");
                return true;
            default:
                Unexpected(logger, exception, httpContext.TraceIdentifier);
                await ErrorResponse.WriteAsync(httpContext, StatusCodes.Status500InternalServerError, "internal", $"Something went wrong on our side; it is in the log under {httpContext.TraceIdentifier}.");
                return true;
        }
    }

    // In a write it would be a fault of ours: what is written was checked before.
    private static bool IsRead(HttpContext http) => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);

    [LoggerMessage(EventId = 1001, Level = LogLevel.Warning, Message = "The database refused the query of request {TraceId}")]
    private static partial void Refused(ILogger logger, Exception exception, string traceId);

    [LoggerMessage(EventId = 1000, Level = LogLevel.Error, Message = "Unexpected error in request {TraceId}")]
    private static partial void Unexpected(ILogger logger, Exception exception, string traceId);
}
