using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace InfluencerCrm.Api.OData;

/// <summary>ETags over <c>Version</c>: <c>W/"base64 of the quoted Guid"</c> in the form the OData serializer writes into bodies.</summary>
internal static class EntityTags
{
    /// <summary>The tag as OData writes it for one Guid token.</summary>
    public static string Of(Guid version) =>
        $"W/\"{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(version.ToString("D")))}\"";

    /// <summary>The same into memory that is there already; answers of a thousand rows carry a thousand tags.</summary>
    /// <param name="tag">64 characters or more.</param>
    public static ReadOnlySpan<char> Write(Guid version, Span<char> tag)
    {
        Span<byte> text = stackalloc byte[36];
        _ = version.TryFormat(text, out _, "D");
        "W/\"".CopyTo(tag);
        _ = Convert.TryToBase64Chars(text, tag[3..], out var length);
        tag[3 + length] = '"';
        return tag[..(length + 4)];
    }

    /// <summary>The version a change must meet; null where <c>If-Match: *</c> takes any.</summary>
    /// <exception cref="PreconditionRequired">No If-Match was sent.</exception>
    /// <exception cref="Malformed">The header cannot be read.</exception>
    public static Guid? Required(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            throw new PreconditionRequired();
        }

        if (!EntityTagHeaderValue.TryParseList(header, out var tags) || tags.Count != 1)
        {
            throw Bad();
        }

        if (tags[0].Equals(EntityTagHeaderValue.Any))
        {
            return null;
        }

        return Parse(tags[0]) ?? throw Bad();
    }

    /// <summary>True when the client already has this version (<c>If-None-Match</c>).</summary>
    public static bool IsKnown(HttpRequest request, Guid version) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var tags)
        && tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || Parse(t) == version);

    private static Guid? Parse(EntityTagHeaderValue tag)
    {
        var text = tag.Tag.AsSpan().Trim('"');
        Span<byte> bytes = stackalloc byte[64];
        return Convert.TryFromBase64Chars(text, bytes, out var length) && Guid.TryParseExact(System.Text.Encoding.UTF8.GetString(bytes[..length]), "D", out var version)
            ? version
            : null;
    }

    private static Malformed Bad() => new("badETag", "If-Match must hold one ETag as this API gave it out, or *.", "If-Match");
}

/// <summary>A change was sent without If-Match (428).</summary>
public sealed class PreconditionRequired()
    : CrmError("eTagRequired", "Send If-Match with the ETag of the row you read, so that nobody's change is lost; * changes whatever is there.", "If-Match");
