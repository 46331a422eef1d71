using InfluencerCrm.Api.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace InfluencerCrm.Api.OData.Batch;

/// <summary>
/// One part as a request of its own through the whole pipeline: it signs in by the batch's headers, and its services are the scope's that
/// it is given, not the batch's.
/// </summary>
internal sealed class PartContext
{
    private readonly Response _response = new();
    private readonly StreamResponseBodyFeature _body = new(new MemoryStream());

    public PartContext(HttpContext batch, BatchPart part, PartAddress address, IServiceProvider services)
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Protocol = batch.Request.Protocol,
            Scheme = batch.Request.Scheme,
            Method = part.Method,
            PathBase = batch.Request.PathBase,
            Path = address.ToPath(),
            QueryString = address.Query,
            RawTarget = $"/odata/{address.Path}{address.Query}",
            Headers = BatchHeaders.Of(part, batch.Request),
            Body = new MemoryStream(part.Body.ToArray(), writable: false),
        });
        features.Set<IHttpResponseFeature>(_response);
        features.Set<IHttpResponseBodyFeature>(_body);
        features.Set<IServiceProvidersFeature>(new Services(services));
        features.Set<IItemsFeature>(new ItemsFeature());
        Share<IHttpConnectionFeature>(batch, features);
        Share<ITlsConnectionFeature>(batch, features);
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = batch.RequestAborted });
        features.Set(InsideBatch.Mark);
        Share<IHttpRequestIdentifierFeature>(batch, features);
        Http = new DefaultHttpContext(features);
        Part = part;
    }

    public HttpContext Http { get; }

    public BatchPart Part { get; }

    public async Task<PartAnswer> RunAsync(RequestDelegate pipeline)
    {
        await pipeline(Http);
        return await AnswerAsync();
    }

    public async Task<PartAnswer> AnswerAsync()
    {
        await Http.Response.CompleteAsync();
        await _response.StartAsync();
        var headers = new HeaderDictionary();
        foreach (var (name, value) in _response.Headers)
        {
            // The session is the batch's; it is not renewed by its parts.
            if (!name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase) && !name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                headers[name] = value;
            }
        }

        // Writers close the stream behind themselves; what they wrote can still be read.
        var body = HttpMethods.IsHead(Part.Method) ? [] : ((MemoryStream)_body.Stream).ToArray();
        headers.ContentLength = body.Length > 0 ? body.Length : null;
        return new PartAnswer(Part, _response.StatusCode, headers, body);
    }

    private static void Share<T>(HttpContext batch, FeatureCollection features)
    {
        if (batch.Features.Get<T>() is { } feature)
        {
            features.Set(feature);
        }
    }

    private sealed class Services(IServiceProvider services) : IServiceProvidersFeature
    {
        public IServiceProvider RequestServices { get; set; } = services;
    }

    /// <summary>Runs what middleware left to be done before the headers go; the framework's own feature forgets it.</summary>
    private sealed class Response : HttpResponseFeature
    {
        private readonly Stack<(Func<object, Task> Callback, object State)> _starting = new();

        public override void OnStarting(Func<object, Task> callback, object state) => _starting.Push((callback, state));

        public override void OnCompleted(Func<object, Task> callback, object state)
        {
        }

        public async Task StartAsync()
        {
            while (_starting.TryPop(out var next))
            {
                await next.Callback(next.State);
            }
        }
    }
}
