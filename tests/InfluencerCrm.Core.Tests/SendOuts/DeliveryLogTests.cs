using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Dispatch;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Core.Tests.SendOuts;

public sealed class DeliveryLogTests
{
    [Theory]
    [InlineData(250, "2.0.0", "Message 7 of send-out 3: Sent (250 2.0.0)")]
    [InlineData(250, null, "Message 7 of send-out 3: Sent (250)")]
    [InlineData(null, null, "Message 7 of send-out 3: Sent")]
    public void Delivered_TellsTheServersReply_WhereThereWasOne(int? code, string? status, string line)
    {
        var log = new Lines();

        Log.Delivered(log, 7, 3, new DeliveryAnswer(DeliveryOutcome.Sent, "", code, status));

        Assert.Equal(line, Assert.Single(log.Written));
    }

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Written.Add(formatter(state, exception));
    }
}
