namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>Hands the messages of each group over while the next group is planned; one group at a time, in their order.</summary>
internal sealed class HandOver(Func<IReadOnlyList<MessagePlan>, Task> take) : IAsyncDisposable
{
    private Task before = Task.CompletedTask;

    /// <summary>Waits for the group before only.</summary>
    public async Task AddAsync(IReadOnlyList<MessagePlan> messages)
    {
        await before;
        before = Task.Run(() => take(messages));
    }

    /// <summary>Waits for the last group.</summary>
    public Task CompleteAsync() => before;

    // Whoever gave up must not find the taker still at work.
    public async ValueTask DisposeAsync() => await Task.WhenAny(before);
}
