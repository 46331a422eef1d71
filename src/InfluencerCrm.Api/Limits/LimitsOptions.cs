using System.ComponentModel.DataAnnotations;

namespace InfluencerCrm.Api.Limits;

/// <summary>Section <c>Limits</c>: how much one client may ask for, so that the others still get their answers. 0 switches a limit off.</summary>
public sealed class LimitsOptions
{
    public const string Section = "Limits";

    /// <summary>Requests of one API key that are answered in the long run.</summary>
    [Range(0, 10_000_000)]
    public int RequestsPerMinute { get; set; } = 600;

    /// <summary>Requests of one API key at once, after a pause.</summary>
    [Range(1, 10_000_000)]
    public int Burst { get; set; } = 1200;

    /// <summary>Requests of one address that come without a key or session.</summary>
    [Range(0, 10_000_000)]
    public int AnonymousPerMinute { get; set; } = 120;

    /// <summary>Attempts to sign in from one address; three times as many after a pause, for a whole office in the morning.</summary>
    [Range(0, 10_000_000)]
    public int SignInsPerMinute { get; set; } = 10;

    /// <summary>Requests of one API key that are worked on at the same time; further ones wait.</summary>
    [Range(0, 10_000)]
    public int ConcurrentPerKey { get; set; } = 4;

    /// <summary>Requests of one API key that wait.</summary>
    [Range(0, 100_000)]
    public int QueuePerKey { get; set; } = 100;

    /// <summary>A read that takes longer is stopped, in the database too.</summary>
    [Range(0, 86_400)]
    public int QuerySeconds { get; set; } = 30;

    /// <summary>Bytes of a body at most, where no file is taken.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public long BodyBytes { get; set; } = 1024 * 1024;
}
