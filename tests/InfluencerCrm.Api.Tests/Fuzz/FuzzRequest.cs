using System.IO.Compression;
using System.Text;

namespace InfluencerCrm.Api.Tests.Fuzz;

/// <summary>One request as it goes over the wire: nothing in it is checked or encoded on the way.</summary>
internal sealed record FuzzRequest(string Method, string Target)
{
    /// <summary>From here on the target is no longer the application's to refuse: Kestrel answers longer request lines itself.</summary>
    private const int ShownBytes = 1500;

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public byte[]? Body { get; init; }

    /// <summary>Asked with a key that may read and nothing else.</summary>
    public bool AsReader { get; init; }

    /// <summary>The bytes instead of all of the above, but for the key.</summary>
    public byte[]? Raw { get; init; }

    /// <summary>The text as a body of JSON, where no other type is said.</summary>
    public FuzzRequest WithJson(string body) => this with { Body = Encoding.UTF8.GetBytes(body), Headers = [.. Headers, ("Content-Type", "application/json")] };

    public FuzzRequest With(string name, string value) => this with { Headers = [.. Headers, (name, value)] };

    public byte[] ToBytes(string host, string key)
    {
        if (Raw is not null)
        {
            return [.. Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Raw).Replace("KEY", key, StringComparison.Ordinal).Replace("HOST", host, StringComparison.Ordinal))];
        }

        var head = new StringBuilder($"{Method} {Target} HTTP/1.1\r\nHost: {host}\r\nX-Api-Key: {key}\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (Body is not null)
        {
            head.Append("Content-Length: ").Append(Body.Length).Append("\r\n");
        }

        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. Body ?? []];
    }

    /// <summary>What a person needs to send it again; long ones are cut, the seed and the number make them whole.</summary>
    public override string ToString()
    {
        var text = Encoding.Latin1.GetString(ToBytes("HOST", AsReader ? "READER" : "ADMIN"));
        var shown = new StringBuilder();
        foreach (var c in text.Length <= ShownBytes ? text : $"{text[..ShownBytes]}… ({text.Length} bytes)")
        {
            shown.Append(c is >= ' ' or '\n' ? c.ToString() : c == '\r' ? "" : $"\\x{(int)c:x2}");
        }

        return shown.ToString();
    }
}

/// <summary>What came back; status 0 is a connection that ended without an answer.</summary>
internal sealed record FuzzAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public static readonly FuzzAnswer None = new(0, new Dictionary<string, string>(), []);

    public string Text => Encoding.UTF8.GetString(Content);

    /// <summary>The body as it was before it was compressed.</summary>
    public byte[] Content { get; } = Decoded(Body, Headers.GetValueOrDefault("Content-Encoding", ""));

    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    private static byte[] Decoded(byte[] body, string coding)
    {
        if (body.Length == 0 || coding is not ("gzip" or "br" or "deflate"))
        {
            return body;
        }

        using var packed = new MemoryStream(body);
        using Stream stream = coding == "gzip" ? new GZipStream(packed, CompressionMode.Decompress) : coding == "br" ? new BrotliStream(packed, CompressionMode.Decompress) : new ZLibStream(packed, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        return plain.ToArray();
    }
}
