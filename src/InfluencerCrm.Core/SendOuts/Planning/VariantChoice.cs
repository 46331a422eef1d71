using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>
/// Which templates a person gets. The language decides first, the form of address second: <c>vous</c> may stand in for <c>tu</c>, never the
/// other way round. Where no variant speaks a language of the person, the send-out's own templates do.
/// </summary>
internal static class VariantChoice
{
    private const int ExactLanguage = 40;
    private const int NearLanguage = 30;
    private const int SameForm = 3;
    private const int PoliterForm = -3;

    /// <returns>The variant's id; null for the send-out's own templates.</returns>
    public static int? Of(IEnumerable<SendOutVariant> variants, string defaultLanguage, Recipient person)
    {
        int? best = null;
        var most = Language(defaultLanguage, person) ?? 0;
        foreach (var variant in variants.OrderBy(v => v.Id))
        {
            if ((variant.Language is null ? 0 : Language(variant.Language, person)) is not { } language || Form(variant.Formality, person.Formality) is not { } form)
            {
                continue;
            }

            // A tie with the default goes to the variant: somebody wrote it for such a person.
            if (language + form > most || (best is null && language + form == most))
            {
                (best, most) = (variant.Id, language + form);
            }
        }

        return best;
    }

    private static int? Language(string spoken, Recipient person)
    {
        // Each further language of the person is worth a little less than the one before.
        for (var i = 0; i < person.Languages.Count; i++)
        {
            if (string.Equals(spoken, person.Languages[i], StringComparison.OrdinalIgnoreCase))
            {
                return Math.Max(10, ExactLanguage - (i * 10));
            }

            if (string.Equals(SharedValues.Primary(spoken), SharedValues.Primary(person.Languages[i]), StringComparison.OrdinalIgnoreCase))
            {
                return Math.Max(10, NearLanguage - (i * 10));
            }
        }

        return null;
    }

    private static int? Form(Formality? written, Formality? due) => (written, due ?? Formality.Vous) switch
    {
        (null, _) => 0,
        (Formality.Tu, Formality.Vous) => null,
        (Formality.Vous, Formality.Tu) => PoliterForm,
        _ => SameForm,
    };
}
