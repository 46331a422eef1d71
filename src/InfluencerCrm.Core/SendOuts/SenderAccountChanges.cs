using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>What may be sent for a sender account.</summary>
public sealed record SenderAccountChanges
{
    public Optional<string> Name { get; init; }

    public Optional<string?> FromName { get; init; }

    public Optional<string> FromAddress { get; init; }

    public Optional<List<int>> ClientIds { get; init; }

    public Optional<List<int>> UserIds { get; init; }

    public Optional<int?> PerMinute { get; init; }

    public Optional<int?> PerDay { get; init; }

    public Optional<SenderAccountState> State { get; init; }

    public Optional<string?> Host { get; init; }

    public Optional<int?> Port { get; init; }

    public Optional<string?> UserName { get; init; }

    /// <summary>Write-only; null removes it.</summary>
    public Optional<string?> Password { get; init; }
}
