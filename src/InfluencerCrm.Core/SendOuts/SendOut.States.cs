using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.SendOuts;

// draft → scheduled → sending ↔ paused → completed; cancelled from all but completed, final.
public sealed partial class SendOut
{
    /// <summary>How far in the past a wished time may lie: clocks differ, and a form takes a moment to fill in.</summary>
    public static readonly TimeSpan PastTolerance = TimeSpan.FromSeconds(60);

    /// <summary>What is said may still change.</summary>
    public bool IsDraft => Status == SendOutStatus.Draft;

    /// <exception cref="Conflict">It is no draft.</exception>
    /// <exception cref="RuleViolation">The time has passed.</exception>
    public void Schedule(DateTime at, DateTime now)
    {
        RequireState("scheduled", SendOutStatus.Draft);
        ScheduleFor(at, now);
    }

    /// <summary>Gives another time to one that is scheduled or paused; it is scheduled afterwards.</summary>
    public void Reschedule(DateTime at, DateTime now)
    {
        RequireState("rescheduled", SendOutStatus.Scheduled, SendOutStatus.Paused);
        ScheduleFor(at, now);
    }

    /// <summary>The first of its messages is due.</summary>
    public void Begin()
    {
        RequireState("begun", SendOutStatus.Scheduled);
        Status = SendOutStatus.Sending;
    }

    /// <param name="reason">In words for people; shown beside the state.</param>
    public void Pause(string reason)
    {
        RequireState("paused", SendOutStatus.Scheduled, SendOutStatus.Sending);
        Status = SendOutStatus.Paused;
        PauseReason = reason;
    }

    /// <summary>Goes on where it was: sending, or waiting for its time.</summary>
    public void Resume(DateTime now)
    {
        RequireState("resumed", SendOutStatus.Paused);
        Status = ScheduledAt > now ? SendOutStatus.Scheduled : SendOutStatus.Sending;
        PauseReason = null;
    }

    public void Cancel()
    {
        RequireState("cancelled", SendOutStatus.Draft, SendOutStatus.Scheduled, SendOutStatus.Sending, SendOutStatus.Paused);
        Status = SendOutStatus.Cancelled;
        PauseReason = null;
    }

    /// <summary>The stop switch no longer holds it; its state is what it was.</summary>
    public void LiftStop()
    {
        if (StoppedAt is null)
        {
            throw new Conflict("notStopped", "The send-out is not stopped.", "stoppedAt");
        }

        (StoppedAt, StoppedById, StopReason) = (null, null, null);
    }

    /// <summary>No message is left to do.</summary>
    public void Complete()
    {
        RequireState("completed", SendOutStatus.Sending);
        Status = SendOutStatus.Completed;
    }

    /// <exception cref="Conflict">It is a draft, or cancelled: no message can join it.</exception>
    public void RequireExtensible() => RequireState("sent to more people", SendOutStatus.Scheduled, SendOutStatus.Sending, SendOutStatus.Paused, SendOutStatus.Completed);

    /// <summary>More messages are to leave than when it was frozen, or one of them again.</summary>
    public void Extend()
    {
        RequireExtensible();
        if (Status == SendOutStatus.Completed)
        {
            Status = SendOutStatus.Sending;
        }
    }

    private void ScheduleFor(DateTime at, DateTime now)
    {
        if (at < now - PastTolerance)
        {
            throw new RuleViolation("inThePast", "That time has passed; give a later one, or none to send now.", "at");
        }

        ScheduledAt = at;
        Status = SendOutStatus.Scheduled;
        PauseReason = null;
    }

    private void RequireState(string act, params ReadOnlySpan<SendOutStatus> allowed)
    {
        if (!allowed.Contains(Status))
        {
            throw new Conflict("wrongState", $"The send-out is {Words.Camel(Status.ToString())}; it cannot be {act} now.", "status");
        }
    }
}
