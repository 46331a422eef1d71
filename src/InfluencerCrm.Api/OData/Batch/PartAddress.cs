using Microsoft.AspNetCore.Http;

namespace InfluencerCrm.Api.OData.Batch;

/// <summary>Where a part leads: the path below the service root, still encoded, and its query with the question mark.</summary>
internal readonly record struct PartAddress(string Path, string Query)
{
    private const string Root = "/odata/";

    /// <param name="url">Relative to the service root, an absolute path, or a whole address of this host.</param>
    /// <exception cref="Core.Errors.Malformed">It cannot be read, or leads out of the service.</exception>
    public static PartAddress Of(string url, HttpRequest batch, string? part)
    {
        var root = new Uri($"{batch.Scheme}://{batch.Host}{batch.PathBase.ToUriComponent()}{Root}");
        if (!Uri.TryCreate(root, url, out var address) || address.UserInfo.Length > 0)
        {
            throw BatchErrors.Bad("The url cannot be read.", part);
        }

        var path = address.AbsolutePath;
        var decoded = Uri.UnescapeDataString(path);
        if (!string.Equals(address.Authority, root.Authority, StringComparison.OrdinalIgnoreCase) || address.Scheme != root.Scheme || !path.StartsWith(root.AbsolutePath, StringComparison.Ordinal)
            || decoded.Contains("/..", StringComparison.Ordinal))
        {
            throw BatchErrors.Bad($"The url leaves {root.AbsolutePath}; everything else is asked for by itself.", part);
        }

        return decoded.Contains('\0', StringComparison.Ordinal) ? throw BatchErrors.Bad("The url holds U+0000.", part) : new PartAddress(path[root.AbsolutePath.Length..], address.Query);
    }

    public bool IsBatch => Uri.UnescapeDataString(Path).TrimEnd('/').Equals("$batch", StringComparison.OrdinalIgnoreCase);

    /// <summary>As a request's path.</summary>
    public PathString ToPath() => PathString.FromUriComponent(Root + Path);

    /// <summary>The name of the part it begins with, where it does (<c>$1/topics</c>), and what follows.</summary>
    public (string Id, string Following)? Reference()
    {
        if (!Path.StartsWith('$') || Path == "$metadata")
        {
            return null;
        }

        var end = Path.IndexOf('/', StringComparison.Ordinal);
        return (Uri.UnescapeDataString(end < 0 ? Path[1..] : Path[1..end]), end < 0 ? "" : Path[end..]);
    }
}
