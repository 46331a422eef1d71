namespace InfluencerCrm.Core.Webhooks;

/// <summary>When a delivery comes again, by the Standard Webhooks convention.</summary>
internal static class WebhookRetries
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
        TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>The first and one after each wait.</summary>
    public static int Attempts => Waits.Length + 1;

    /// <summary>Up to a tenth later, so that what failed together does not come again together; never before the receiver wants it, within a day.</summary>
    /// <param name="attempts">Made so far.</param>
    public static TimeSpan Wait(int attempts, TimeSpan? wished)
    {
        var wait = Waits[attempts - 1];
        var most = Waits[^1];
        var least = wished < most ? wished.Value : wished is null ? TimeSpan.Zero : most;
        return (wait > least ? wait : least) * (1 + (Random.Shared.NextDouble() / 10));
    }
}
