using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.MediaLists;
using InfluencerCrm.Core.SendOuts.Planning;
using InfluencerCrm.Core.SendOuts.Rendering;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>Whose mail to show.</summary>
public sealed record PreviewRequest
{
    /// <summary>Empty: the first person on the list.</summary>
    public int? InfluencerId { get; init; }
}

/// <summary>One person's mail as it would leave.</summary>
/// <param name="Subject">Empty where the templates do not render; the problems say why.</param>
/// <param name="To">Empty where the person has no address for mailings.</param>
/// <param name="Language">Of the text; empty where nothing says which it is in.</param>
/// <param name="Variant">Empty: the send-out's own templates.</param>
/// <param name="InfluencerId">The person whose mail it is.</param>
/// <param name="Html">The mail's HTML part.</param>
/// <param name="Text">The mail's text part.</param>
/// <param name="From">Sender as it will stand in the mail.</param>
/// <param name="ReplyTo">Where replies go.</param>
/// <param name="Problems">What is missing or wrong in the templates.</param>
public sealed record SendOutPreview(
    int InfluencerId, string? Subject, string? Html, string? Text, string? From, string? ReplyTo, string? To, string? Language, PreviewVariant? Variant, IReadOnlyList<TemplateProblem> Problems);

/// <summary>The variant that was chosen for a person.</summary>
/// <param name="Id">The variant.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Formality">Which form of address it has.</param>
public sealed record PreviewVariant(int Id, string? Language, Formality? Formality);

/// <summary>Shows one person's mail; sends and writes nothing.</summary>
public sealed class PreviewSendOut(CrmDbContext db, CurrentActor scope, LoadMails load, LoadRecipients recipients, ResolveList resolve)
{
    /// <exception cref="RuleViolation">There is no such person, or nobody on the list.</exception>
    public async Task<SendOutPreview> ExecuteAsync(int sendOutId, PreviewRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.Read);
        var mails = await load.ExecuteAsync(sendOutId, ct);
        var person = await PersonAsync(mails.SendOut, request.InfluencerId, ct) ?? throw (request.InfluencerId is { } asked
            ? new RuleViolation("missingReference", $"influencerId: there is no {Words.Of(typeof(Influencer))} {asked}, or you may not see them.", "influencerId")
            : new RuleViolation("required", "influencerId must be given: there is nobody on the list.", "influencerId"));
        var variantId = VariantChoice.Of(mails.SendOut.Variants, mails.DefaultLanguage, person);
        var variant = mails.SendOut.Variants.Find(v => v.Id == variantId);
        var rendered = mails.Render(variantId, person.Values, PlanMessages.NoToken);
        return new SendOutPreview(
            person.Id,
            rendered.Mail?.Subject,
            rendered.Mail?.Html,
            rendered.Mail?.Text,
            Address(mails.Sender.Name, mails.Sender.Address),
            mails.Sender.ReplyTo,
            Address(person.Name, person.Address?.Value),
            mails.LanguageOf(variantId),
            variant is null ? null : new PreviewVariant(variant.Id, variant.Language, variant.Formality),
            rendered.Problems);
    }

    /// <summary>The person asked for, else the first on the list; null where there is none.</summary>
    internal async Task<Recipient?> PersonAsync(SendOut sendOut, int? influencerId, CancellationToken ct)
    {
        if (influencerId is null && sendOut.MediaListId is { } list && await db.MediaLists.AnyAsync(l => l.Id == list, ct))
        {
            var people = await resolve.ExecuteAsync(list, ct);
            influencerId = await resolve.WithinLimitAsync(limit => people.OrderBy(i => i.Id).Select(i => (int?)i.Id).FirstOrDefaultAsync(limit), ct);
        }

        return influencerId is { } id && await recipients.ExecuteAsync(sendOut, [id], ct) is [var person] ? person : null;
    }

    private static string? Address(string name, string? address) => address is null ? null : name.Length == 0 ? address : $"{name} <{address}>";
}
