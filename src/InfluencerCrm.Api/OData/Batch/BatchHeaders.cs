using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace InfluencerCrm.Api.OData.Batch;

/// <summary>Headers of a part: its own, and those of the batch that hold for it.</summary>
internal static class BatchHeaders
{
    private const int Most = 40;

    private const string Prefer = "Prefer";

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Who acts, and how answers are to look; not what describes the batch's own body and answer.</summary>
    private static readonly string[] Inherited =
        ["Authorization", "Cookie", "X-Api-Key", Access.AccessRegistration.AntiforgeryHeader, "Origin", "Sec-Fetch-Mode", "Accept-Language", "OData-Version", "OData-MaxVersion", "User-Agent"];

    /// <exception cref="Core.Errors.Malformed">Not a header.</exception>
    public static void Add(HeaderDictionary headers, string name, string value, string? part)
    {
        if (name.Length is 0 or > 100 || name.AsSpan().ContainsAnyExcept(TokenCharacters) || value.AsSpan().ContainsAny('\0', '\r', '\n'))
        {
            throw BatchErrors.Bad("A header of a request in the batch cannot be read.", part);
        }

        if (headers.Count >= Most)
        {
            throw BatchErrors.Bad($"A request in the batch has {Most} headers at most.", part);
        }

        headers[name] = StringValues.Concat(headers[name], value);
    }

    public static HeaderDictionary Of(BatchPart part, HttpRequest batch)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in part.Headers)
        {
            headers[name] = value;
        }

        foreach (var name in Inherited.Where(n => batch.Headers.ContainsKey(n)))
        {
            headers.TryAdd(name, batch.Headers[name]);
        }

        var preferences = Preferences(batch.Headers[Prefer]).Where(p => !p.Contains("continue-on-error", StringComparison.OrdinalIgnoreCase) && !p.StartsWith("respond-async", StringComparison.OrdinalIgnoreCase)).ToArray();
        if (preferences.Length > 0)
        {
            headers.TryAdd(Prefer, string.Join(", ", preferences));
        }

        headers["Host"] = batch.Host.Value;
        headers.ContentLength = part.Body.Length;
        return headers;
    }

    /// <summary>Whether the client wants the parts behind a failed one to be done all the same.</summary>
    public static bool ContinuesOnError(HttpRequest batch) =>
        Preferences(batch.Headers[Prefer]).Any(p => p is "continue-on-error" or "odata.continue-on-error" or "continue-on-error=true" or "odata.continue-on-error=true");

    private static IEnumerable<string> Preferences(StringValues header) =>
        header.SelectMany(p => (p ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
