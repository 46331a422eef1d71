using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.Outbound;

/// <summary>What came back.</summary>
/// <param name="Address">Where it came from in the end.</param>
/// <param name="Body">At most as much as was asked for.</param>
public sealed record SafeAnswer(Uri Address, HttpStatusCode Status, string? ContentType, TimeSpan? RetryAfter, byte[] Body);

/// <summary>A request that is not made, or whose answer is not read.</summary>
public sealed class OutboundRefused(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>How much one request may take.</summary>
public sealed record SafeLimits
{
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(10);

    public int Bytes { get; init; } = 5_000_000;

    /// <summary>True: what is longer is cut; false: it is refused.</summary>
    public bool Cut { get; init; }

    /// <summary>Each is checked like the first address.</summary>
    public int Redirects { get; init; }
}

/// <summary>
/// The one door for requests to addresses that people or other tools entered. The address is checked when connecting, after the name was
/// resolved, and the connection goes to the address that was checked: a name that answers differently the second time gains nothing.
/// </summary>
public sealed class SafeHttp : IDisposable
{
    private readonly bool _allowPrivate;
    private readonly HttpMessageInvoker _http;

    public SafeHttp(IOptions<OutboundOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _allowPrivate = options.Value.AllowPrivateNetworks;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            // A proxy would resolve and connect in our place.
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 32,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            ConnectCallback = ConnectAsync,
        });
    }

    /// <param name="request">Makes the request for an address; called again for each redirect.</param>
    /// <exception cref="OutboundRefused">The address is not a public one, or does not answer, or answers too much or too late.</exception>
    public async Task<SafeAnswer> SendAsync(Uri address, Func<Uri, HttpRequestMessage> request, SafeLimits limits, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(limits);

        // A time of the network, not of the product's clock.
        using var limit = new CancellationTokenSource(limits.Time, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            for (var redirects = 0; ; redirects++)
            {
                if (address.Scheme is not ("http" or "https"))
                {
                    throw new OutboundRefused($"The address is no http or https address.");
                }

                using var message = request(address);
                using var response = await _http.SendAsync(message, either.Token);
                if (limits.Redirects == 0 || response.Headers.Location is not { } next || (int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
                {
                    return new SafeAnswer(address, response.StatusCode, response.Content.Headers.ContentType?.ToString(), response.Headers.RetryAfter?.Delta, await BodyAsync(response, limits, either.Token));
                }

                if (redirects == limits.Redirects)
                {
                    throw new OutboundRefused($"The address redirects more than {limits.Redirects} times.");
                }

                address = new Uri(address, next);
            }
        }
        catch (HttpRequestException exception)
        {
            throw exception.InnerException as OutboundRefused ?? new OutboundRefused(exception.InnerException is null ? exception.Message : $"{exception.Message} {exception.InnerException.Message}", exception);
        }
        catch (IOException exception)
        {
            throw new OutboundRefused($"The connection broke: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!ct.IsCancellationRequested)
        {
            throw new OutboundRefused($"No answer within {limits.Time.TotalSeconds:0.#} seconds.", exception);
        }
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        var allowed = _allowPrivate ? addresses : [.. addresses.Where(PublicInternet.Has)];
        if (allowed.Length == 0)
        {
            throw new OutboundRefused("The address lies on this machine or in a private network (Outbound__AllowPrivateNetworks allows it).");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<byte[]> BodyAsync(HttpResponseMessage response, SafeLimits limits, CancellationToken ct)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, limits.Bytes - body.Length + 1)), ct);
            if (read == 0)
            {
                return body.ToArray();
            }

            body.Write(buffer, 0, read);
            if (body.Length > limits.Bytes)
            {
                return limits.Cut ? body.ToArray()[..limits.Bytes] : throw new OutboundRefused($"The answer is larger than {limits.Bytes} bytes.");
            }
        }
    }
}
