namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>Whether a problem keeps a send-out from being scheduled.</summary>
public enum ProblemSeverity
{
    Error,
    Warning,
}

/// <summary>One thing to know before a send-out leaves.</summary>
/// <param name="Code">Stable slug.</param>
/// <param name="Message">A sentence for a person; names the recipient where it is about one.</param>
/// <param name="InfluencerId">The recipient concerned; null for the send-out as a whole.</param>
/// <param name="Count">How many recipients it is about, where it sums several up.</param>
/// <param name="Target">The member concerned, as the API names it.</param>
/// <param name="Severity">Errors keep it from being scheduled, warnings do not.</param>
public sealed record SendOutProblem(ProblemSeverity Severity, string Code, string Message, int? InfluencerId = null, int? Count = null, string? Target = null);

/// <summary>Collects problems; of one kind about many people it names the first and counts the rest.</summary>
internal sealed class ProblemList
{
    /// <summary>People named for one kind of problem.</summary>
    private const int Named = 50;

    private readonly List<SendOutProblem> problems = [];
    private readonly Dictionary<(string Code, string Key), int> counts = [];

    public void Error(string code, string message, string? target = null) => problems.Add(new(ProblemSeverity.Error, code, message, Target: target));

    public void Warn(string code, string message, int? count = null, string? target = null) => problems.Add(new(ProblemSeverity.Warning, code, message, Count: count, Target: target));

    /// <param name="key">What makes problems one kind: the variable, the word.</param>
    public void About(Recipient person, ProblemSeverity severity, string code, string key, string message, string? target = null)
    {
        var count = counts[(code, key)] = counts.GetValueOrDefault((code, key)) + 1;
        if (count <= Named)
        {
            problems.Add(new(severity, code, $"{person.Name}: {message}", person.Id, Target: target));
            return;
        }

        var rest = $"{(key.Length == 0 ? code : key)}: {count - Named} more people beside those named.";
        if (count > Named + 1)
        {
            problems.RemoveAll(p => p.InfluencerId is null && p.Code == code && p.Count == count - Named - 1 && p.Target == target);
        }

        problems.Add(new(severity, code, rest, Count: count - Named, Target: target));
    }

    /// <summary>The send-out cannot be scheduled, whatever else is found.</summary>
    public bool HasErrors => problems.Exists(p => p.Severity == ProblemSeverity.Error);

    public IReadOnlyList<SendOutProblem> ToList() => [.. problems.OrderBy(p => p.Severity)];
}
