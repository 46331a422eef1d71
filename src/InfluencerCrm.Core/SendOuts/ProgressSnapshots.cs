using System.Collections.Concurrent;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>A send-out's messages, counted at one moment.</summary>
/// <param name="ByStatus">Statuses that some message has.</param>
/// <param name="Skipped">Reasons of the skipped ones.</param>
internal sealed record MessageCounts(IReadOnlyDictionary<MessageStatus, int> ByStatus, IReadOnlyDictionary<SkipReason, int> Skipped, int SentLastMinute);

/// <summary>
/// The last count of each send-out that somebody asks about, for all who ask in this process: a thousand watchers cost what one does. Counting goes
/// through all messages, so a count is good for ten times as long as it took: what is small is counted as often as somebody asks, and what is
/// large takes a tenth of one connection, however many ask. A change of the send-out itself ends its count at once.
/// </summary>
public sealed class ProgressSnapshots(TimeProvider clock)
{
    private const int Share = 10;
    private const int Most = 1000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<int, Snapshot> known = new();

    /// <param name="sendOut">As it is now, and seen by whoever asks: nobody else gets its counts.</param>
    /// <param name="count">Counts for everybody, so it must not depend on who asks.</param>
    internal async Task<MessageCounts> ReadAsync(SendOut sendOut, Func<CancellationToken, Task<MessageCounts>> count, CancellationToken ct)
    {
        var snapshot = known.GetOrAdd(sendOut.Id, _ => new Snapshot());
        if (snapshot.Last is { } last && last.Version == sendOut.Version && (IsGood(last) || snapshot.Counting.CurrentCount == 0))
        {
            // Also where somebody counts at this moment: nobody need wait for it who has seen this state before.
            return last.Counts;
        }

        await snapshot.Counting.WaitAsync(ct);
        try
        {
            if (snapshot.Last is { } counted && counted.Version == sendOut.Version && IsGood(counted))
            {
                return counted.Counts;
            }

            var began = clock.GetTimestamp();
            var counts = await count(ct);
            var took = clock.GetElapsedTime(began) * Share;
            snapshot.Last = new Count(counts, sendOut.Version, clock.GetTimestamp(), took < Longest ? took : Longest);
            Forget();
            return counts;
        }
        finally
        {
            snapshot.Counting.Release();
        }
    }

    private bool IsGood(Count count) => clock.GetElapsedTime(count.At) < count.GoodFor;

    /// <summary>What is not good any more is of use to nobody but who asks while it is counted again.</summary>
    private void Forget()
    {
        if (known.Count <= Most)
        {
            return;
        }

        foreach (var (id, snapshot) in known)
        {
            if (snapshot.Last is { } last && !IsGood(last))
            {
                known.TryRemove(id, out _);
            }
        }
    }

    private sealed record Count(MessageCounts Counts, Guid Version, long At, TimeSpan GoodFor);

    private sealed class Snapshot
    {
        private Count? last;

        public SemaphoreSlim Counting { get; } = new(1, 1);

        public Count? Last
        {
            get => Volatile.Read(ref last);
            set => Volatile.Write(ref last, value);
        }
    }
}
