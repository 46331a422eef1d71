namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>Wakes this process's connections before their next look at the database. Only a shortcut: the rows say what is due.</summary>
public sealed class DispatchSignal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done at the next <see cref="Wake"/>; take it before looking whether there is work.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Wake() => Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
