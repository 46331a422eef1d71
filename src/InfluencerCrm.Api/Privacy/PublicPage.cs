using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace InfluencerCrm.Api.Privacy;

/// <summary>The pages behind the links in our mails: whole in themselves, without script, readable at any size and by any reader.</summary>
internal static class PublicPage
{
    private const string Style = """
        :root{color-scheme:light dark}
        body{margin:0;font:1.0625rem/1.6 system-ui,sans-serif;background:Canvas;color:CanvasText}
        main{max-width:34rem;margin:0 auto;padding:3rem 1.25rem}
        h1{font-size:1.5rem;line-height:1.3;margin:0 0 1rem}
        fieldset{border:0;margin:1.5rem 0;padding:0}
        legend{padding:0;margin-bottom:.5rem}
        label{display:flex;gap:.75rem;align-items:flex-start;padding:.6rem 0}
        input{width:1.25rem;height:1.25rem;margin:.2rem 0 0;flex:none}
        button{font:inherit;font-weight:600;padding:.7rem 1.5rem;border:0;border-radius:.4rem;background:#1d4ed8;color:#fff;cursor:pointer}
        input[type=text]{width:100%;height:auto;margin:0;padding:.6rem .75rem;box-sizing:border-box;font:inherit}
        blockquote{margin:1.5rem 0;padding:.25rem 0 .25rem 1rem;border-left:3px solid #1d4ed8}
        button[value=decline]{background:transparent;color:CanvasText;box-shadow:inset 0 0 0 1px}
        button:focus-visible,input:focus-visible{outline:3px solid #f59e0b;outline-offset:2px}
        """;

    /// <param name="language">The mail's; null: unknown, and the browser's is taken.</param>
    /// <param name="write">Makes the page from a language and the nonce of its style.</param>
    public static IResult Answer(HttpContext http, int status, string? language, Func<string?, string, string> write)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        headers.CacheControl = "no-store";
        var spoken = language ?? http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).FirstOrDefault()?.Value.Value;
        return Results.Content(write(spoken, nonce), "text/html; charset=utf-8", null, status);
    }

    /// <summary>The words of the language a page is read in; English where there are none.</summary>
    /// <param name="words">By language, of two letters.</param>
    /// <param name="language">BCP 47.</param>
    public static TWords Spoken<TWords>(Dictionary<string, TWords> words, string? language) => words.GetValueOrDefault((language ?? "en").Split('-')[0], words["en"]);

    /// <param name="title">Ready for HTML, as the body is.</param>
    public static string Whole(string language, string title, string body, string nonce) => $"""
        <!DOCTYPE html>
        <html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
        <style nonce="{nonce}">
        {Style}
        </style></head><body><main><h1>{title}</h1>{body}</main></body></html>
        """;
}
