using InfluencerCrm.Api.Privacy;

namespace InfluencerCrm.Api.Stories;

/// <summary>The words of the page on which a journalist answers to an embargo, in one language, ready for HTML; <c>{0}</c> is the subject of our mail.</summary>
internal sealed record EmbargoWords
{
    public required string Language { get; init; }

    public required string Title { get; init; }

    public required string Intro { get; init; }

    public required string Story { get; init; }

    public required string Until { get; init; }

    public required string Name { get; init; }

    public required string NameMissing { get; init; }

    public required string Accept { get; init; }

    public required string Decline { get; init; }

    public required string AcceptedTitle { get; init; }

    public required string Accepted { get; init; }

    /// <summary><c>{0}</c> is until when.</summary>
    public required string AcceptedBefore { get; init; }

    public required string DeclinedTitle { get; init; }

    public required string Declined { get; init; }

    public required string ChangedTitle { get; init; }

    public required string Changed { get; init; }

    public required string OverTitle { get; init; }

    public required string Over { get; init; }

    public required string WithdrawnTitle { get; init; }

    public required string Withdrawn { get; init; }

    public required string UnknownTitle { get; init; }

    public required string Unknown { get; init; }

    private static readonly Dictionary<string, EmbargoWords> Languages = new EmbargoWords[]
    {
        new()
        {
            Language = "en",
            Title = "Embargo: your answer",
            Intro = "Our e-mail “{0}” announced something to you that is under embargo. Nothing is agreed to yet; opening this page has changed nothing.",
            Story = "Story",
            Until = "Embargo until",
            Name = "Your name",
            NameMissing = "Please type your name: it is kept with your answer.",
            Accept = "I accept",
            Decline = "I do not accept",
            AcceptedTitle = "You accepted the embargo",
            Accepted = "Thank you. Your answer and the words you agreed to are kept; the content comes by e-mail to the address that the announcement went to. If you have changed your mind, please reply to that e-mail.",
            AcceptedBefore = "You accepted it until {0}. That does not cover the end it has now: until you have accepted that too, we send you nothing more of it.",
            DeclinedTitle = "You did not accept the embargo",
            Declined = "Your answer is kept: we do not send you the content before the embargo ends. If you have changed your mind, please reply to the e-mail that announced it.",
            ChangedTitle = "The embargo has changed",
            Changed = "It has another end than our e-mail said, or its end is not set yet, so there is nothing here to agree to. Nothing was kept as your answer. We will write to you again; you may also reply to that e-mail.",
            OverTitle = "The embargo is over",
            Over = "There is nothing left to agree to, and nothing was kept as your answer.",
            WithdrawnTitle = "The story was withdrawn",
            Withdrawn = "There is nothing left to agree to, and nothing was kept as your answer. Please use nothing of what was announced.",
            UnknownTitle = "This link is not known",
            Unknown = "It may have been cut off when it was copied; nothing was agreed to. Please open it from the e-mail itself, or reply to that e-mail.",
        },
        new()
        {
            Language = "fr",
            Title = "Embargo : votre réponse",
            Intro = "Notre message «\u00a0{0}\u00a0» vous annonçait un sujet sous embargo. Rien n’est encore convenu ; ouvrir cette page n’a rien changé.",
            Story = "Sujet",
            Until = "Embargo jusqu’au",
            Name = "Votre nom",
            NameMissing = "Merci d’indiquer votre nom : il est conservé avec votre réponse.",
            Accept = "J’accepte",
            Decline = "Je n’accepte pas",
            AcceptedTitle = "Vous avez accepté l’embargo",
            Accepted = "Merci. Votre réponse et les termes que vous avez acceptés sont conservés ; le contenu vous parviendra à l’adresse à laquelle l’annonce était partie. Si vous avez changé d’avis, répondez à ce message.",
            AcceptedBefore = "Vous l’aviez accepté jusqu’au {0}. Cela ne couvre pas sa nouvelle fin : tant que vous ne l’avez pas acceptée aussi, nous ne vous en envoyons rien de plus.",
            DeclinedTitle = "Vous n’avez pas accepté l’embargo",
            Declined = "Votre réponse est conservée : nous ne vous enverrons pas le contenu avant la fin de l’embargo. Si vous avez changé d’avis, répondez au message qui l’annonçait.",
            ChangedTitle = "L’embargo a changé",
            Changed = "Sa fin n’est plus celle qu’indiquait notre message, ou n’est pas encore fixée : il n’y a donc rien à accepter ici. Aucune réponse n’a été conservée. Nous vous écrirons de nouveau ; vous pouvez aussi répondre à ce message.",
            OverTitle = "L’embargo est levé",
            Over = "Il n’y a plus rien à accepter, et aucune réponse n’a été conservée.",
            WithdrawnTitle = "Le sujet a été retiré",
            Withdrawn = "Il n’y a plus rien à accepter, et aucune réponse n’a été conservée. Merci de ne rien utiliser de ce qui était annoncé.",
            UnknownTitle = "Ce lien est inconnu",
            Unknown = "Il a peut-être été coupé lors de la copie ; rien n’a été convenu. Ouvrez-le depuis le message lui-même, ou répondez à ce message.",
        },
    }.ToDictionary(w => w.Language, StringComparer.OrdinalIgnoreCase);

    /// <param name="language">BCP 47; one that is not here gives English.</param>
    public static EmbargoWords For(string? language) => PublicPage.Spoken(Languages, language);
}
