using System.Text.RegularExpressions;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace InfluencerCrm.Api.Protocol;

/// <summary>What a client wants an answer in: the version of OData, JSON with how much metadata; anything else is refused rather than answered otherwise.</summary>
internal static partial class Negotiation
{
    private const string Version = "OData-Version";
    private const string MaxVersion = "OData-MaxVersion";
    private const string Format = "$format";
    private static readonly string[] Amounts = ["none", "minimal", "full"];

    public static Task Run(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments("/odata"))
        {
            return next(http);
        }

        CheckVersions(http.Request.Headers);
        var types = TypesOf(http.Request.Path.Value!);
        if (types.Length > 0)
        {
            ReadFormat(http.Request, types);
            ReadAccept(http.Request, types);
        }

        return next(http);
    }

    private static void CheckVersions(IHeaderDictionary headers)
    {
        var version = headers[Version].ToString();
        var most = headers[MaxVersion].ToString();
        if (headers.ContainsKey(Version) && version is not ("4.0" or "4.01"))
        {
            throw new Malformed("badODataVersion", $"{Version} is 4.0 or 4.01.", Version);
        }

        if (headers.ContainsKey(MaxVersion) && !(System.Version.TryParse(most, out var number) && number >= new Version(4, 0)))
        {
            throw new Malformed("badODataVersion", $"{MaxVersion} must be 4.0 or later; this service speaks 4.0 and 4.01.", MaxVersion);
        }
    }

    // Raw values are texts of any kind, and a batch says in its parts what it wants.
    private static string[] TypesOf(string path) =>
        path.EndsWith("/$value", StringComparison.Ordinal) || path.EndsWith("/$count", StringComparison.Ordinal) ? []
        : path.EndsWith("/$metadata", StringComparison.Ordinal) ? ["application/xml", "application/json"]
        : ["application/json"];

    private static void ReadFormat(HttpRequest request, string[] types)
    {
        var format = request.Query[Format];
        if (format.Count == 0)
        {
            return;
        }

        var text = format.ToString();
        if (!(text is "json" or "xml" && types.Contains($"application/{text}")) && !(MediaTypeHeaderValue.TryParse(text, out var type) && Suits(type, types)))
        {
            throw new NotAcceptable();
        }

        if (PlainAmount().IsMatch(text))
        {
            var others = request.Query.Where(q => q.Key != Format).SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value));
            request.QueryString = new QueryString(QueryHelpers.AddQueryString("", others.Append(KeyValuePair.Create(Format, (string?)PlainAmount().Replace(text, ";odata.metadata=")))));
        }
    }

    private static void ReadAccept(HttpRequest request, string[] types)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || request.Query.ContainsKey(Format))
        {
            return;
        }

        if (!MediaTypeHeaderValue.TryParseList(accept, out var wanted) || !wanted.Any(t => t.Quality != 0 && Suits(t, types)))
        {
            throw new NotAcceptable();
        }

        // OData 4.01 writes the parameter without its prefix, which the library does not know.
        var text = accept.ToString();
        if (PlainAmount().IsMatch(text))
        {
            request.Headers.Accept = PlainAmount().Replace(text, ";odata.metadata=");
        }
    }

    private static bool Suits(MediaTypeHeaderValue type, string[] types) =>
        (type.MatchesAllTypes || types.Any(t => type.MediaType.Equals(t, StringComparison.OrdinalIgnoreCase) || (type.MatchesAllSubTypes && t.StartsWith(type.Type.ToString() + "/", StringComparison.OrdinalIgnoreCase))))
        && type.Parameters.Where(p => p.Name.Equals("odata.metadata", StringComparison.OrdinalIgnoreCase) || p.Name.Equals("metadata", StringComparison.OrdinalIgnoreCase))
            .All(p => Amounts.Contains(p.Value.ToString(), StringComparer.OrdinalIgnoreCase));

    [GeneratedRegex(@";\s*metadata=", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PlainAmount();
}

/// <summary>The client takes nothing that this service answers (406).</summary>
public sealed class NotAcceptable()
    : CrmError("notAcceptable", "This service answers application/json, with metadata=none, minimal or full, and $metadata as application/xml too.");
