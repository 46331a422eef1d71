using System.Collections.Frozen;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts.Planning;
using InfluencerCrm.Core.SendOuts.Rendering;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>
/// Makes the mails of one send-out: loaded once, with its templates parsed once; composing needs no database and is safe from several
/// threads. The same message row always gives the same mail.
/// </summary>
public sealed class SendOutMails
{
    /// <summary>Stands in links that are only looked at; no message has it.</summary>
    private const string NoSecret = "00000000000000000000000000000000";

    private readonly SendOut sendOut;
    private readonly MailSender sender;
    private readonly PublicAddress address;
    private readonly SharedValues shared;
    private readonly MailTemplate standard;
    private readonly FrozenDictionary<int, MailTemplate> variants;
    private readonly IReadOnlyList<MailAttachment> attachments;
    private readonly FrozenDictionary<int, ThreadMail> followed;

    private SendOutMails(
        SendOut sendOut, SenderOptions options, PublicAddress address, IReadOnlyList<MailAttachment> attachments, MailThread thread)
    {
        this.sendOut = sendOut;
        this.address = address;
        this.attachments = attachments;
        followed = thread.Mails;
        Chain = thread.Chain;
        sender = MailSender.Of(sendOut, options);
        shared = new SharedValues(sendOut, sender);
        var template = new MailTemplateOptions { AppendUnsubscribeLine = OffersUnsubscribe, AssumedLanguage = shared.DefaultLanguage };
        standard = MailTemplate.Parse(SubjectOf(sendOut.SubjectTemplate, thread), sendOut.BodyTemplate, shared.LanguageOf(null, sendOut.BodyTemplate), template);
        variants = sendOut.Variants.ToFrozenDictionary(
            v => v.Id, v => MailTemplate.Parse(SubjectOf(v.SubjectTemplate, thread), v.BodyTemplate, shared.LanguageOf(v.Language, v.BodyTemplate), template));
    }

    /// <summary>With its variants, story, client, campaign, account and files; not tracked.</summary>
    public SendOut SendOut => sendOut;

    public MailSender Sender => sender;

    /// <summary>A legal notice is no mailing one can opt out of by a click, so it carries no header for it.</summary>
    public bool OffersUnsubscribe => sendOut.Purpose != SendOutPurpose.Notice;

    /// <exception cref="NotFound">There is no such send-out, or the actor may not see it.</exception>
    public static async Task<SendOutMails> LoadAsync(CrmDbContext db, int sendOutId, SenderOptions sender, PublicAddress address, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);

        // What a send-out under way is about may have been archived since; its mails still say it.
        var sendOut = await db.SendOuts.IgnoreQueryFilters([Filters.Archived]).AsNoTracking().AsSplitQuery()
            .Include(s => s.Variants).Include(s => s.Assets).ThenInclude(a => a.StoryAsset)
            .Include(s => s.Story!.Versions).Include(s => s.Client).Include(s => s.Campaign).Include(s => s.SenderAccount)
            .FirstOrDefaultAsync(s => s.Id == sendOutId, ct) ?? throw new NotFound(Words.Of(typeof(SendOut)), sendOutId);
        return new SendOutMails(sendOut, sender, address, await AttachmentsAsync(db, sendOut, ct), await MailThread.LoadAsync(db, sendOut, ct));
    }

    /// <summary>The mail of one message.</summary>
    /// <exception cref="RuleViolation">There is none: nobody to send from, values blanked by an erasure, or a template that does not render.</exception>
    public OutgoingMail Compose(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Values is null || message.ToAddress is null)
        {
            throw new RuleViolation("nothingToSend", "The message has no address or no values any more.");
        }

        var rendered = Render(message.VariantId, PersonValues.FromJson(message.Values), message.Token);
        var mail = rendered.Mail ?? throw new RuleViolation(rendered.Problems[0].Code, rendered.Problems[0].Message, rendered.Problems[0].Target);
        var before = message.InfluencerId is { } person ? followed.GetValueOrDefault(person) : null;
        return Envelope(mail, message.Token, message.DueAt ?? message.CreatedAt) with
        {
            InternetMessageId = message.InternetMessageId ?? $"{message.Token}@{sender.Domain}",
            ToName = message.ToName,
            ToAddress = message.ToAddress,
            // Of the text alone, never the reader's or the client's: no header is better than one that is a guess.
            Language = LanguageOf(message.VariantId),
            UnsubscribeUrl = OffersUnsubscribe ? address.Unsubscribe(message.Token) : null,
            Subject = before?.Subject is { Length: > 0 } subject && HasNoSubject(message.VariantId) ? ThreadMail.Answer(subject) : mail.Subject,
            InReplyTo = before?.MessageIds[^1],
            References = before?.MessageIds ?? [],
        };
    }

    /// <summary>The send-outs this one goes on from, the last one first.</summary>
    internal IReadOnlyList<int> Chain { get; }

    /// <summary>What a mail shows of its sender, read from one that is addressed to nobody; null where there is no sender.</summary>
    internal SenderDomains? Domains
    {
        get
        {
            if (sender.Problem is not null || sender.Domain is not { } from)
            {
                return null;
            }

            var mail = Envelope(new RenderedMail("", "", ""), PlanMessages.NoToken, default);
            return new SenderDomains(from, DomainOf(mail.EnvelopeFrom), DomainOf(mail.InternetMessageId));
        }
    }

    /// <summary>The language taken for that of templates that name none.</summary>
    internal string DefaultLanguage => shared.DefaultLanguage;

    /// <summary>What keeps a variant from being rendered for anybody.</summary>
    internal IReadOnlyList<TemplateProblem> ProblemsOf(int? variantId) => TemplateOf(variantId).Problems;

    /// <summary>The language of the variant's text, or of the send-out's own; null where nothing says it.</summary>
    internal string? LanguageOf(int? variantId) => TemplateOf(variantId).Language;

    /// <summary>The templates with the variants they come from; null is the send-out's own.</summary>
    internal IEnumerable<(SendOutVariant? Variant, MailTemplate Template)> Templates =>
        sendOut.Variants.Select(v => ((SendOutVariant?)v, variants[v.Id])).Prepend((null, standard));

    /// <summary>What one person would read.</summary>
    internal RenderResult Render(int? variantId, PersonValues person, string token) =>
        TemplateOf(variantId).Render(ValuesOf(variantId, person, token), LineLanguages(variantId, person));

    /// <summary>What is to be said of <see cref="Render"/>, without its HTML.</summary>
    /// <param name="withText">False where nobody looks at the words either.</param>
    internal LetterDraft Draft(int? variantId, PersonValues person, string token, bool withText) =>
        TemplateOf(variantId).Draft(ValuesOf(variantId, person, token), LineLanguages(variantId, person), withText);

    private TemplateValues ValuesOf(int? variantId, PersonValues person, string token) => shared.In(TemplateOf(variantId).Language ?? shared.DefaultLanguage) with
    {
        Influencer = person.Influencer,
        Recipient = person.Recipient ?? new(),
        Relationship = person.Relationship ?? new(),
        Outlet = person.Outlet ?? new(),
        TimeZone = person.TimeZone,
        Assets = Links(token),
        UnsubscribeUrl = address.Unsubscribe(token),
        Embargo = new() { Link = sendOut.Purpose == SendOutPurpose.EmbargoTeaser ? address.Embargo(token, person.Embargo?.Secret ?? NoSecret) : null },
    };

    private IEnumerable<string?> LineLanguages(int? variantId, PersonValues person) =>
        [sendOut.Variants.Find(v => v.Id == variantId)?.Language, .. person.Languages ?? [], shared.DefaultLanguage];

    /// <summary>A mail from the send-out's sender that still lacks its recipient.</summary>
    internal OutgoingMail Envelope(RenderedMail mail, string token, DateTime date)
    {
        if (sender.Problem is { } problem)
        {
            throw new RuleViolation(problem.Code, problem.Message, problem.Target);
        }

        var domain = sender.Domain;
        return new OutgoingMail
        {
            InternetMessageId = $"{token}@{domain}",
            Date = date,
            FromName = sender.Name,
            FromAddress = sender.Address!,
            EnvelopeFrom = $"bounce+{token}@{domain}",
            ReplyTo = sender.ReplyTo,
            ToAddress = "",
            Subject = mail.Subject,
            TextBody = mail.Text,
            HtmlBody = mail.Html,
            Attachments = attachments,
        };
    }

    private bool HasNoSubject(int? variantId) => string.IsNullOrWhiteSpace(sendOut.Variants.Find(v => v.Id == variantId)?.SubjectTemplate ?? sendOut.SubjectTemplate);

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];

    private MailTemplate TemplateOf(int? variantId) => variantId is { } id && variants.TryGetValue(id, out var variant) ? variant : standard;

    private IReadOnlyList<AssetValues> Links(string token) =>
        sendOut.AssetMode == AssetMode.Attach
            ? []
            : [.. sendOut.Assets.OrderBy(a => a.Id).Select(a => new AssetValues { Name = a.StoryAsset!.FileName, Url = address.Asset(a.StoryAssetId, token) })];

    private static async Task<IReadOnlyList<MailAttachment>> AttachmentsAsync(CrmDbContext db, SendOut sendOut, CancellationToken ct)
    {
        if (sendOut.AssetMode != AssetMode.Attach || sendOut.Assets.Count == 0)
        {
            return [];
        }

        var files = await db.SendOutAssets.IgnoreQueryFilters([Filters.Archived, Filters.Owner]).AsNoTracking().Where(a => a.SendOutId == sendOut.Id).OrderBy(a => a.Id)
            .Select(a => new { a.StoryAsset!.FileName, a.StoryAsset.MediaType, a.StoryAsset.Content!.Bytes }).ToListAsync(ct);
        return [.. files.Select(f => new MailAttachment(f.FileName, f.MediaType, f.Bytes))];
    }

    /// <summary>Without a subject of its own a mail answers the one before it.</summary>
    private static string SubjectOf(string template, MailThread thread) =>
        string.IsNullOrWhiteSpace(template) && thread.Subject is { } before ? ThreadMail.Answer(before) : template;
}
