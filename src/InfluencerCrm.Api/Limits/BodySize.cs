using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace InfluencerCrm.Api.Limits;

/// <summary>How large a body the server reads for one request.</summary>
internal static class BodySize
{
    /// <summary>Sets the server's own limit, before the body is read; a request inside a batch has none.</summary>
    public static void Allow(HttpContext http, long bytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = bytes;
        }
    }
}
