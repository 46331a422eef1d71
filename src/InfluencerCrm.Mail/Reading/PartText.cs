using System.Text;
using MimeKit;

namespace InfluencerCrm.Mail.Reading;

/// <summary>Text of a part, whatever charset it claims: an unknown or forbidden one is read as UTF-8 where it is that, as Windows-1252 where not.</summary>
internal static class PartText
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static string Of(MimePart part, CancellationToken ct)
    {
        var bytes = Bytes(part, ct);
        var text = Decode(bytes.AsSpan(), part.ContentType.Charset);
        return text.Length > ReadLimits.TextLength ? text[..ReadLimits.TextLength] : text;
    }

    /// <summary>The first bytes of the part, decoded from base64 and the like.</summary>
    public static byte[] Bytes(MimePart part, CancellationToken ct)
    {
        if (part.Content is null) return [];
        using var bounded = new BoundedStream(ReadLimits.PartBytes);
        try
        {
            part.Content.DecodeTo(bounded, ct);
        }
        catch (BoundedStream.Full)
        {
            // The beginning is enough.
        }

        return bounded.ToArray();
    }

    private static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (EncodingOf(charset) is { } named && named.CodePage != Encoding.ASCII.CodePage && named.CodePage != Encoding.UTF8.CodePage) return named.GetString(bytes);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Western.GetString(bytes);
        }
    }

    private static Encoding? EncodingOf(string? charset)
    {
        if (string.IsNullOrWhiteSpace(charset)) return null;
        try
        {
            var name = charset.Trim();
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
