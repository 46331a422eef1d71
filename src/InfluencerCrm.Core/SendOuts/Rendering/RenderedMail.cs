namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>What one person gets: one line of subject, a whole HTML document, and its text part (lines end with LF, long lines are not wrapped).</summary>
public sealed record RenderedMail(string Subject, string Html, string Text);

/// <summary>A rendering and what is to be said about it.</summary>
/// <param name="Mail">Null when nothing could be rendered: the template does not parse, or hit a limit.</param>
/// <param name="Problems">An empty variable is a problem although there is a mail: a preview shows both, a send-out refuses.</param>
public sealed record RenderResult(RenderedMail? Mail, IReadOnlyList<TemplateProblem> Problems)
{
    /// <summary>There is a mail, and nothing worse than a warning about it.</summary>
    public bool CanSend => Mail is not null && Problems.All(p => p.IsWarning);
}

/// <summary>What planning looks at of a rendering: a send-out to thousands needs none of their HTML before it leaves.</summary>
/// <param name="Subject">Null when nothing could be rendered, as in <see cref="RenderResult"/>.</param>
/// <param name="Text">Null where it was not asked for, too.</param>
/// <param name="Problems">Those of the whole mail.</param>
internal sealed record LetterDraft(string? Subject, string? Text, IReadOnlyList<TemplateProblem> Problems);

/// <summary>What the caller may choose about a template's rendering.</summary>
public sealed record MailTemplateOptions
{
    /// <summary>Appends a discreet unsubscribe line to mails whose body shows no <c>unsubscribeUrl</c> of its own.</summary>
    public bool AppendUnsubscribeLine { get; init; } = true;

    /// <summary>BCP 47; whose words dates take where nobody says what language the text is in.</summary>
    public string AssumedLanguage { get; init; } = "en";
}
