using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Http;

namespace InfluencerCrm.Api.OData;

/// <summary>
/// No query holds U+0000, and none is deeper than can be read. Options are read into trees; parsing, binding and translating walk them by
/// recursion, and a stack that overflows ends the whole process: no exception can be caught. So depth is counted in the text, before anything is read.
/// </summary>
/// <remarks>
/// What follows another word, a step of a path, or something open is taken to lie below it; what a comma or semicolon parts lies beside it, so that
/// lists may be as long as other limits let them.
/// </remarks>
internal static class OptionLimits
{
    /// <summary>Room for some 250 conditions with <c>or</c> between them.</summary>
    public const int Deepest = 1000;

    /// <summary>Each word of a search is one level of its tree, and takes more of the stack.</summary>
    public const int MostSearchWords = 100;

    /// <summary>One of <c>$apply</c>'s steps is a whole query around the ones before it.</summary>
    private const int ApplyStep = 20;

    private const string Marks = "()[]{},;/";

    /// <exception cref="Malformed">An option of the request is deeper than is read, or holds U+0000.</exception>
    public static Task Run(HttpContext http, RequestDelegate next)
    {
        foreach (var (name, values) in http.Request.Query)
        {
            foreach (var value in values)
            {
                if (value?.Contains('\0', StringComparison.Ordinal) == true)
                {
                    throw new Malformed("nulCharacter", "Texts must not hold U+0000.", name);
                }

                if (name.StartsWith('$'))
                {
                    Require(value, name);
                }
            }
        }

        return next(http);
    }

    /// <exception cref="Malformed">The text is deeper than is read.</exception>
    public static void Require(string? text, string name)
    {
        var isSearch = name == "$search";
        var most = isSearch ? MostSearchWords : Deepest;
        if (text is null || text.Length <= most)
        {
            return;
        }

        // An apostrophe begins a text, but not in a search, and a search may stand inside another option.
        var depth = isSearch ? 0 : Of(text, name, apostrophes: true);
        if (isSearch || text.Contains("search", StringComparison.OrdinalIgnoreCase))
        {
            depth = Math.Max(depth, Of(text, name, apostrophes: false));
        }

        if (depth > most)
        {
            throw new Malformed("queryTooDeep", $"{name} is nested or chained over more than the {most} words and steps that are read; ask for less, or use a list such as id in (1,2,3).", name);
        }
    }

    private static int Of(string text, string name, bool apostrophes)
    {
        var step = name == "$apply" ? ApplyStep : 1;
        var outer = new Stack<int>();
        var (above, here, deepest) = (0, 0, 0);
        var (quote, isWord) = ('\0', false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
            {
                i += c == '\\' && quote == '"' ? 1 : 0;
                quote = c == quote ? '\0' : quote;
                continue;
            }

            var wasWord = isWord;
            isWord = !char.IsWhiteSpace(c) && !Marks.Contains(c);
            switch (c)
            {
                case '"' or '\'' when c == '"' || apostrophes:
                    quote = c;
                    here += wasWord ? 0 : 1;
                    break;
                case '(' or '[' or '{':
                    outer.Push(here);
                    above += here + 1;
                    here = 0;
                    break;
                case ')' or ']' or '}':
                    here = outer.TryPop(out var before) ? before : 0;
                    above -= outer.Count == 0 ? above : here + 1;
                    break;
                case ',' or ';':
                    here = 0;
                    break;
                case '/':
                    here += step;
                    break;
                default:
                    here += c == '-' || (isWord && !wasWord) ? 1 : 0;
                    break;
            }

            deepest = Math.Max(deepest, above + here);
        }

        return deepest;
    }
}
