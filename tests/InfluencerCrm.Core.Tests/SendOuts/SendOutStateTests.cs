using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Core.Tests.SendOuts;

public sealed class SendOutStateTests
{
    private static readonly DateTime Now = new(2030, 5, 6, 9, 0, 0, DateTimeKind.Utc);

    private static readonly Dictionary<string, Action<SendOut>> Acts = new()
    {
        ["schedule"] = s => s.Schedule(Now, Now),
        ["reschedule"] = s => s.Reschedule(Now, Now),
        ["begin"] = s => s.Begin(),
        ["pause"] = s => s.Pause("why"),
        ["resume"] = s => s.Resume(Now),
        ["cancel"] = s => s.Cancel(),
        ["complete"] = s => s.Complete(),
        ["extend"] = s => s.Extend(),
    };

    [Theory]
    [InlineData(SendOutStatus.Draft, "schedule", SendOutStatus.Scheduled)]
    [InlineData(SendOutStatus.Draft, "cancel", SendOutStatus.Cancelled)]
    [InlineData(SendOutStatus.Scheduled, "reschedule", SendOutStatus.Scheduled)]
    [InlineData(SendOutStatus.Scheduled, "begin", SendOutStatus.Sending)]
    [InlineData(SendOutStatus.Scheduled, "pause", SendOutStatus.Paused)]
    [InlineData(SendOutStatus.Scheduled, "cancel", SendOutStatus.Cancelled)]
    [InlineData(SendOutStatus.Scheduled, "extend", SendOutStatus.Scheduled)]
    [InlineData(SendOutStatus.Sending, "pause", SendOutStatus.Paused)]
    [InlineData(SendOutStatus.Sending, "complete", SendOutStatus.Completed)]
    [InlineData(SendOutStatus.Sending, "cancel", SendOutStatus.Cancelled)]
    [InlineData(SendOutStatus.Sending, "extend", SendOutStatus.Sending)]
    [InlineData(SendOutStatus.Paused, "resume", SendOutStatus.Sending)]
    [InlineData(SendOutStatus.Paused, "reschedule", SendOutStatus.Scheduled)]
    [InlineData(SendOutStatus.Paused, "cancel", SendOutStatus.Cancelled)]
    [InlineData(SendOutStatus.Paused, "extend", SendOutStatus.Paused)]
    [InlineData(SendOutStatus.Completed, "extend", SendOutStatus.Sending)]
    public void AnAllowedAct_LeadsToItsState(SendOutStatus from, string act, SendOutStatus to)
    {
        var sendOut = In(from);

        Acts[act](sendOut);

        Assert.Equal(to, sendOut.Status);
    }

    [Theory]
    [InlineData(SendOutStatus.Draft, "reschedule", "begin", "pause", "resume", "complete", "extend")]
    [InlineData(SendOutStatus.Scheduled, "schedule", "resume", "complete")]
    [InlineData(SendOutStatus.Sending, "schedule", "reschedule", "begin", "resume")]
    [InlineData(SendOutStatus.Paused, "schedule", "begin", "pause", "complete")]
    [InlineData(SendOutStatus.Completed, "schedule", "reschedule", "begin", "pause", "resume", "cancel", "complete")]
    [InlineData(SendOutStatus.Cancelled, "schedule", "reschedule", "begin", "pause", "resume", "cancel", "complete", "extend")]
    public void EveryOtherAct_IsAConflictThatNamesTheState(SendOutStatus from, params string[] acts)
    {
        foreach (var act in acts)
        {
            var conflict = Assert.Throws<Conflict>(() => Acts[act](In(from)));

            Assert.Equal("wrongState", conflict.Code);
            Assert.Contains($"is {from.ToString().ToLowerInvariant()}", conflict.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Schedule_AMinuteAgo_IsTaken_AndLongerAgo_Is422()
    {
        In(SendOutStatus.Draft).Schedule(Now.AddSeconds(-60), Now);

        Assert.Equal("inThePast", Assert.Throws<RuleViolation>(() => In(SendOutStatus.Draft).Schedule(Now.AddSeconds(-61), Now)).Code);
    }

    [Fact]
    public void Resume_BeforeItsTime_WaitsAgain()
    {
        var sendOut = In(SendOutStatus.Draft);
        sendOut.Schedule(Now.AddHours(1), Now);
        sendOut.Pause("not yet");

        sendOut.Resume(Now);

        Assert.Equal(SendOutStatus.Scheduled, sendOut.Status);
        Assert.Null(sendOut.PauseReason);
    }

    [Fact]
    public void Apply_AfterDraft_RefusesANewTemplate_AndTakesTheSameOne()
    {
        var sendOut = In(SendOutStatus.Sending);

        sendOut.Apply(new SendOutChanges { SubjectTemplate = "Subject", Name = "Renamed", MessagesPerMinute = 5 });
        var conflict = Assert.Throws<Conflict>(() => sendOut.Apply(new SendOutChanges { SubjectTemplate = "Other" }));

        Assert.Equal("subjectTemplate", conflict.Target);
        Assert.Equal("Renamed", sendOut.Name);
    }

    private static SendOut In(SendOutStatus status)
    {
        var sendOut = SendOut.Create(new SendOutChanges { Name = "Spring", Purpose = SendOutPurpose.Release, SubjectTemplate = "Subject", BodyTemplate = "Body" });
        string[] path = status switch
        {
            SendOutStatus.Scheduled => ["schedule"],
            SendOutStatus.Sending => ["schedule", "begin"],
            SendOutStatus.Paused => ["schedule", "begin", "pause"],
            SendOutStatus.Completed => ["schedule", "begin", "complete"],
            SendOutStatus.Cancelled => ["cancel"],
            _ => [],
        };
        foreach (var act in path)
        {
            Acts[act](sendOut);
        }

        return sendOut;
    }
}
