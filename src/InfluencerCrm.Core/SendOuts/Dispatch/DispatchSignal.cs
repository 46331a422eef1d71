namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>Wakes this process's loops before their next look at the database. Only a shortcut: the rows say what is due.</summary>
public sealed class DispatchSignal
{
    private TaskCompletionSource _nextChange = Waiting();
    private TaskCompletionSource _nextWork = Waiting();

    /// <summary>Done at the next <see cref="Wake"/>, for who tends the send-outs; take it before looking whether one is to begin.</summary>
    public Task NextChange => Volatile.Read(ref _nextChange).Task;

    /// <summary>Done at the next <see cref="Wake"/> or <see cref="WakeConnections"/>; take it before looking whether there is work.</summary>
    public Task NextWork => Volatile.Read(ref _nextWork).Task;

    /// <summary>Somebody changed a send-out; called when that is committed, since a look before it would find nothing.</summary>
    public void Wake()
    {
        Complete(ref _nextChange);
        WakeConnections();
    }

    /// <summary>There is more to send than one connection takes.</summary>
    public void WakeConnections() => Complete(ref _nextWork);

    private static void Complete(ref TaskCompletionSource next) => Interlocked.Exchange(ref next, Waiting()).TrySetResult();

    private static TaskCompletionSource Waiting() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
