using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Api.Tests.SendOuts.Crash;

/// <summary>A message as the database has it.</summary>
internal sealed record RecordedMessage(string InternetMessageId, MessageStatus Status, int InHistory);

/// <summary>The promise, asked of the server's log and the database: sent once, and recorded, whatever crashed.</summary>
internal static class CrashVerdict
{
    /// <param name="log">Message-IDs as the server took them.</param>
    /// <param name="mostUnconfirmed">One for each connection of a killed host, and for each that was lost after the 354.</param>
    /// <returns>What breaks the promise; empty: nothing.</returns>
    public static IReadOnlyList<string> Judge(IEnumerable<string> log, IReadOnlyCollection<RecordedMessage> messages, int mostUnconfirmed)
    {
        var taken = log.CountBy(id => id).ToDictionary();
        var faults = new List<string>();
        foreach (var message in messages)
        {
            taken.Remove(message.InternetMessageId, out var times);
            var right = (times, message.Status) switch
            {
                (1, MessageStatus.Sent or MessageStatus.Unconfirmed) => true,
                (0, MessageStatus.Unconfirmed or MessageStatus.Queued or MessageStatus.Deferred) => true,
                _ => false,
            };
            if (!right)
            {
                faults.Add($"{message.InternetMessageId} is {message.Status}, and the server took it {times} times");
            }

            if (message.InHistory != (message.Status == MessageStatus.Sent ? 1 : 0))
            {
                faults.Add($"{message.InternetMessageId} is {message.Status}, and the history has it {message.InHistory} times");
            }
        }

        faults.AddRange(taken.Keys.Select(id => $"{id} was sent and no message has it"));
        var unconfirmed = messages.Count(m => m.Status == MessageStatus.Unconfirmed);
        if (unconfirmed > mostUnconfirmed)
        {
            faults.Add($"{unconfirmed} are unconfirmed; at most {mostUnconfirmed} may be");
        }

        return faults;
    }
}
