using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using InfluencerCrm.Api.Limits;
using InfluencerCrm.Api.Errors;
using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Idempotency;
using InfluencerCrm.Core.Imports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace InfluencerCrm.Api.Idempotency;

/// <summary>
/// <c>Idempotency-Key</c> on POST: the write and its answer are one transaction, which begins with the write's first change, so that no
/// lock waits for a slow client. After standing in the way of a second one, a write that failed is forgotten.
/// </summary>
internal sealed class IdempotencyMiddleware(HttpContext http, RequestDelegate next)
{
    public const string Header = "Idempotency-Key";

    public const string ReplayedHeader = "Idempotency-Replayed";

    private const int LongestKey = 255;

    /// <summary>Room for what surrounds the file in a form.</summary>
    private const int FormBytes = 64 * 1024;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>A file may come in slowly.</summary>
    private static readonly TimeSpan UploadLease = TimeSpan.FromMinutes(15);

    private static readonly string[] KeptHeaders = ["Content-Type", "Location", "ETag", "OData-EntityId", "OData-Version", "Preference-Applied"];

    private BodyHash? _hash;
    private byte[]? _requestHash;
    private IDbContextTransaction? _transaction;

    private CrmDbContext Db => http.RequestServices.GetRequiredService<CrmDbContext>();

    private CompleteIdempotencyKey Complete => http.RequestServices.GetRequiredService<CompleteIdempotencyKey>();

    public static Task Run(HttpContext http, RequestDelegate next) =>
        HttpMethods.IsPost(http.Request.Method) && http.Request.Headers.ContainsKey(Header)
        && (http.Request.Path.StartsWithSegments("/odata") || http.Request.Path.StartsWithSegments("/api"))
        && http.GetEndpoint() is not null && http.RequestServices.GetRequiredService<CurrentActor>().Actor is not null
            ? new IdempotencyMiddleware(http, next).RunAsync()
            : next(http);

    private async Task RunAsync()
    {
        var key = KeyOf(http.Request);
        if (http.GetEndpoint()!.Metadata.GetMetadata<NoIdempotencyKeyAttribute>() is not null)
        {
            throw new Malformed("idempotencyNotHere", $"This address takes no {Header}.", Header);
        }

        var upload = await HashBodyAsync();
        var claim = http.RequestServices.GetRequiredService<ClaimIdempotencyKey>();
        var found = await claim.ExecuteAsync($"POST {http.Request.PathBase}{http.Request.Path}", key, _requestHash, upload ? UploadLease : Lease, http.RequestAborted);
        switch (found.State)
        {
            case IdempotencyState.Running:
                http.Response.Headers.RetryAfter = "1";
                await ErrorResponse.WriteAsync(http, StatusCodes.Status409Conflict, "idempotencyKeyRunning", "A request with this key is being done; ask again in a moment.", Header);
                break;
            case IdempotencyState.Done:
                await RepeatAsync(found.Row);
                break;
            default:
                await DoAsync(found.Row);
                break;
        }
    }

    private static string KeyOf(HttpRequest request)
    {
        var values = request.Headers[Header];
        var key = values.Count == 1 ? values[0]!.Trim() : "";

        // The draft of the header writes a quoted text; most clients send it bare.
        key = key.Length > 2 && key[0] == '"' && key[^1] == '"' ? key[1..^1] : key;
        return key.Length is 0 or > LongestKey || key.Any(c => c is < ' ' or > '~')
            ? throw new Malformed("badIdempotencyKey", $"{Header} is one text of 1 to {LongestKey} plain characters, such as a UUID.", Header)
            : key;
    }

    /// <summary>Small bodies are read now; of files, the hash is known when they have been.</summary>
    private async Task<bool> HashBodyAsync()
    {
        var request = http.Request;
        var query = Encoding.UTF8.GetBytes($"{request.QueryString}\n");
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            BodySize.Allow(http, http.RequestServices.GetRequiredService<IOptions<ImportOptions>>().Value.MaxBytes + FormBytes);

            _hash = BodyHash.Over(request, Encoding.UTF8.GetBytes(HeaderUtilities.RemoveQuotes(type.Boundary).ToString()), query);
            return true;
        }

        RequestBody.Limit(request);
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, http.RequestAborted);
        body.Position = 0;
        request.Body = body;
        _requestHash = SHA256.HashData([.. query, .. body.ToArray()]);
        return false;
    }

    private async Task RepeatAsync(IdempotencyKey row)
    {
        _requestHash ??= await _hash!.FinishAsync(http.RequestAborted);
        if (!_requestHash.AsSpan().SequenceEqual(row.RequestHash))
        {
            throw new RuleViolation("idempotencyKeyReused", "This key was used for another request; each write has a key of its own.", Header);
        }

        http.Response.Headers[ReplayedHeader] = "true";
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(row.Headers!)!)
        {
            http.Response.Headers[name] = value;
        }

        if (!row.BodyKept)
        {
            await ErrorResponse.WriteAsync(http, StatusCodes.Status409Conflict, "answerNotKept", "The request was done before; its answer is not kept. Where it made a row, Location says which.", Header);
            return;
        }

        http.Response.StatusCode = row.Status!.Value;
        await http.Response.Body.WriteAsync(row.Body, http.RequestAborted);
    }

    private async Task DoAsync(IdempotencyKey claimed)
    {
        var outer = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        var held = new StreamResponseBodyFeature(body);
        http.Features.Set<IHttpResponseBodyFeature>(held);
        Db.BeforeWrite = BeginAsync;
        var kept = false;
        try
        {
            await next(http);
            await held.CompleteAsync();
            if (http.Response.StatusCode < StatusCodes.Status400BadRequest)
            {
                // Whoever sent it may have left meanwhile; it is done all the same, and told when asked again.
                _requestHash ??= await _hash!.FinishAsync(CancellationToken.None);
                await KeepAsync(claimed, Answer(body), _requestHash);
                kept = true;
            }
        }
        finally
        {
            http.Features.Set(outer);
            Db.BeforeWrite = null;
            await (_transaction?.DisposeAsync() ?? ValueTask.CompletedTask);
            if (!kept)
            {
                await ReleaseAsync(claimed);
            }
        }

        // Writing nothing would begin the answer all the same, and who fills empty refusals comes later.
        if (body.Length > 0)
        {
            await outer.Stream.WriteAsync(body.ToArray(), http.RequestAborted);
        }
    }

    private async Task KeepAsync(IdempotencyKey claimed, KeptAnswer answer, byte[] requestHash)
    {
        try
        {
            await Complete.ExecuteAsync(claimed, answer, requestHash, CancellationToken.None);
            await (_transaction?.CommitAsync(CancellationToken.None) ?? Task.CompletedTask);
        }
        catch (VersionMismatch)
        {
            throw new Conflict("idempotencyKeyRunning", "This took so long that another request with the same key was let in; nothing of this one was kept.", Header);
        }
    }

    private async Task BeginAsync(CancellationToken ct)
    {
        if (_transaction is not null || Db.Database.CurrentTransaction is not null)
        {
            return;
        }

        // What is left of a form comes at the client's pace.
        _requestHash ??= await _hash!.FinishAsync(ct);
        _transaction = await Db.Database.BeginTransactionAsync(ct);
    }

    private KeptAnswer Answer(MemoryStream body)
    {
        var headers = KeptHeaders.Where(h => http.Response.Headers.ContainsKey(h)).ToDictionary(h => h, h => http.Response.Headers[h].ToString());
        var secret = http.GetEndpoint()!.Metadata.GetMetadata<AnswerNotKeptAttribute>() is not null;
        return new KeptAnswer(http.Response.StatusCode, JsonSerializer.Serialize(headers), secret ? null : body.ToArray());
    }

    private async Task ReleaseAsync(IdempotencyKey claimed)
    {
        try
        {
            // In a change set the claim goes with all the rest.
            if (Db.Database.CurrentTransaction is null)
            {
                await Complete.ReleaseAsync(claimed, CancellationToken.None);
            }
        }
        catch (DbException)
        {
            // A database that is away now: the claim ends by itself, and what went wrong before is told.
        }
    }
}
