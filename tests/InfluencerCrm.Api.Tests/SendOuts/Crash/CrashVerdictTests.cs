using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Api.Tests.SendOuts.Crash;

/// <summary>That the verdict of the crash tests can be "guilty".</summary>
public sealed class CrashVerdictTests
{
    [Theory]
    [InlineData(1, MessageStatus.Sent, 1)]
    [InlineData(1, MessageStatus.Unconfirmed, 0)]
    [InlineData(0, MessageStatus.Unconfirmed, 0)]
    [InlineData(0, MessageStatus.Queued, 0)]
    [InlineData(0, MessageStatus.Deferred, 0)]
    public void Judge_WhatThePromiseAllows_IsNoFault(int taken, MessageStatus status, int inHistory) => Assert.Empty(Judge(taken, status, inHistory, 1));

    [Theory]
    [InlineData(2, MessageStatus.Sent, 1)]
    [InlineData(2, MessageStatus.Unconfirmed, 0)]
    [InlineData(1, MessageStatus.Queued, 0)]
    [InlineData(1, MessageStatus.Deferred, 0)]
    [InlineData(1, MessageStatus.Failed, 0)]
    [InlineData(0, MessageStatus.Sent, 1)]
    [InlineData(0, MessageStatus.Sending, 0)]
    [InlineData(1, MessageStatus.Sent, 0)]
    [InlineData(1, MessageStatus.Sent, 2)]
    [InlineData(1, MessageStatus.Unconfirmed, 1)]
    public void Judge_WhatBreaksThePromise_IsAFault(int taken, MessageStatus status, int inHistory) => Assert.NotEmpty(Judge(taken, status, inHistory, 1));

    [Fact]
    public void Judge_MoreUnconfirmedThanConnections_IsAFault() => Assert.NotEmpty(Judge(1, MessageStatus.Unconfirmed, 0, 0));

    [Fact]
    public void Judge_AMailThatNoMessageHas_IsAFault() => Assert.NotEmpty(CrashVerdict.Judge(["stranger@example.org"], [], 0));

    private static IReadOnlyList<string> Judge(int taken, MessageStatus status, int inHistory, int mostUnconfirmed) =>
        CrashVerdict.Judge(Enumerable.Repeat("a@example.org", taken), [new RecordedMessage("a@example.org", status, inHistory)], mostUnconfirmed);
}
