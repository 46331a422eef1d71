namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>What scheduling a send-out would do: a message or a skip for each person on the list, and everything to know before.</summary>
public sealed record SendOutPlan
{
    public required SendOutMails Mails { get; init; }

    public required IReadOnlyList<MessagePlan> Messages { get; init; }

    public required IReadOnlyList<SendOutProblem> Problems { get; init; }

    /// <summary>People who get a mail only because contact pressure was overridden.</summary>
    public IReadOnlyList<int> Overridden { get; init; } = [];

    /// <summary>Names of the people, for the tasks of those who are reached by hand.</summary>
    internal IReadOnlyDictionary<int, string> Names { get; init; } = new Dictionary<int, string>();

    public bool CanSchedule => Problems.All(p => p.Severity != ProblemSeverity.Error);
}
