using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.SendOuts.Rendering;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>Reads each mail as its recipient would, and says what is missing or unwise in it.</summary>
internal sealed class LetterChecks(SendOutMails mails, ProblemList problems)
{
    private readonly IReadOnlyList<(string Word, string Sought)> banned =
        [.. (mails.SendOut.Client?.BannedWords ?? []).Select(w => (w, SearchText.Normalise(w))).Where(w => w.Item2.Length > 0)];

    private readonly bool offersFiles = mails.SendOut is { AssetMode: AssetMode.Link, Assets.Count: > 0 };
    private bool saidFilesAreHidden;

    /// <summary>False: no check looks at the words of a letter.</summary>
    public bool ReadsText => banned.Count > 0 || offersFiles;

    /// <param name="rendered">The letter, with <see cref="PlanMessages.NoToken"/> for a token; null where the person may not be written to anyway.</param>
    /// <returns>The subject; null where nothing could be rendered.</returns>
    public string? Read(Recipient person, int? variant, LetterDraft? rendered)
    {
        if (rendered is null)
        {
            return null;
        }

        // Faults of the template itself are said once, not for each person.
        if (mails.ProblemsOf(variant).Count == 0)
        {
            foreach (var problem in rendered.Problems)
            {
                problems.About(person, problem.IsWarning ? ProblemSeverity.Warning : ProblemSeverity.Error, problem.Code, problem.Variable ?? problem.Code, problem.Message, problem.Target);
            }
        }

        if (rendered is { Subject: { } subject, Text: { } text })
        {
            LookForBannedWords(person, subject, text);
            LookForFiles(text);
        }

        return rendered.Subject;
    }

    private void LookForBannedWords(Recipient person, string subject, string body)
    {
        if (banned.Count == 0)
        {
            return;
        }

        var text = SearchText.Normalise($"{subject}\n{body}");
        foreach (var (word, sought) in banned.Where(b => HasWord(text, b.Sought)))
        {
            problems.About(person, ProblemSeverity.Warning, "bannedWord", word, $"the mail says \"{word}\", which this client does not want said.");
        }
    }

    private void LookForFiles(string text)
    {
        if (offersFiles && !saidFilesAreHidden && !text.Contains(PlanMessages.NoToken, StringComparison.Ordinal))
        {
            saidFilesAreHidden = true;
            problems.Warn("filesNotShown", "The send-out has files, but a mail does not link to them; loop over assets in the template, or attach them.", target: "bodyTemplate");
        }
    }

    private static bool HasWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }
}
