namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>When a deferred message comes again, and when it is given up.</summary>
internal static class Retries
{
    /// <summary>With the waits below about two days, longer than any greylisting or Sunday repair.</summary>
    public const int Attempts = 12;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2),
        TimeSpan.FromHours(4), TimeSpan.FromHours(8),
    ];

    /// <summary>The answer as it stands after the last attempt: a server that never got round to it has refused. One that refused us all has not.</summary>
    public static DeliveryAnswer Judge(Delivery delivery) =>
        delivery.Answer is { Outcome: DeliveryOutcome.Deferred, RefusesSession: false, ReplyCode: not null } answer && delivery.Claimed.Message.Attempts + 1 >= Attempts
            ? answer with { Outcome = DeliveryOutcome.Failed, Response = $"Given up after {Attempts} attempts: {answer.Response}" }
            : delivery.Answer;

    /// <summary>Later each time, and never all at the same moment.</summary>
    public static DateTime Next(Delivery delivery, DateTime now)
    {
        // A refused session says nothing of the message: once a person has resumed the send-out, it goes on at once.
        if (delivery.Answer.RefusesSession)
        {
            return now;
        }

        var wait = Waits[Math.Min(delivery.Claimed.Message.Attempts, Waits.Length - 1)];
        return now + wait * (0.75 + (Random.Shared.NextDouble() / 2));
    }
}
