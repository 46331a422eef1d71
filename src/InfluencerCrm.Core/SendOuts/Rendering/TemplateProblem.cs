namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>One thing a template's author has to know: what is wrong, and where.</summary>
/// <param name="Code">Stable slug: <c>syntax</c>, <c>notSupported</c>, <c>unknownVariable</c>, <c>unknownFilter</c>, <c>emptyVariable</c>, <c>emptySubject</c>, <c>unsafeLink</c>, <c>removedHtml</c>, <c>tooComplex</c>, <c>tooLarge</c>.</param>
/// <param name="Message">A sentence for a person.</param>
/// <param name="Line">Counted from 1; 0 where the problem has no single place.</param>
/// <param name="Column">Counted from 1; 0 where the problem has no single place.</param>
public sealed record TemplateProblem(string Code, string Message, int Line, int Column)
{
    /// <summary><c>subjectTemplate</c> or <c>bodyTemplate</c>, as the API names them.</summary>
    public string? Target { get; init; }

    /// <summary>The variable concerned, as the template writes it (<c>influencer.firstName</c>).</summary>
    public string? Variable { get; init; }

    /// <summary>True where the mail is right without the author doing anything, but not as written (an element that mails do not keep).</summary>
    public bool IsWarning { get; init; }
}
