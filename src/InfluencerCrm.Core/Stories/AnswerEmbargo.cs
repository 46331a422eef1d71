using System.Security.Cryptography;
using System.Text;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Inbound;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Planning;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.Stories;

/// <summary>What the link of a teaser can still do.</summary>
public enum EmbargoLinkState
{
    /// <summary>It is no link of ours, or its mail was taken back.</summary>
    Unknown,

    /// <summary>It waits for the person's answer.</summary>
    Open,

    /// <summary>The person has accepted, and until the end that the embargo has.</summary>
    Accepted,

    /// <summary>The person has declined.</summary>
    Declined,

    /// <summary>The embargo has another end than the mail said, or had none; what was asked there cannot be agreed to.</summary>
    Changed,

    /// <summary>The embargo is over.</summary>
    Over,

    /// <summary>The story was withdrawn.</summary>
    Withdrawn,
}

/// <summary>What the holder of a teaser's link may know: nothing that the teaser did not say.</summary>
/// <param name="Language">Of the teaser; null: unknown.</param>
public sealed record EmbargoStanding(EmbargoLinkState State, string? Language)
{
    /// <summary>Subject of the teaser.</summary>
    public string Announced { get; init; } = "";

    /// <summary>Title of the story, where the teaser showed it.</summary>
    public string? Title { get; init; }

    /// <summary>What is agreed to; with <see cref="EmbargoLinkState.Open"/>.</summary>
    public EmbargoTerms? Terms { get; init; }

    /// <summary>Until when the person has accepted, in words with the zone; null: they have not, or until no moment that was set.</summary>
    public string? AcceptedUntil { get; init; }
}

/// <summary>
/// Takes a person's answer to one story's embargo by the link of the teaser they got. The answer becomes an entry of the history (when, by
/// which mail, the name they typed, the words they agreed to), which is the agreement's evidence; the audit keeps the same words, which
/// nobody edits. An answer stands: who thinks otherwise later tells a person. Only who accepted an earlier end than the embargo has now is asked
/// anew, by the link of a teaser that names it.
/// </summary>
public sealed class AnswerEmbargo(
    CrmDbContext db, CurrentActor scope, DatabaseErrors errors, StopFollowUps stop, LastInteraction last, IOptions<SenderOptions> options, TimeProvider clock)
{
    /// <summary>Characters of a name.</summary>
    public const int LongestName = 200;

    /// <summary>A name somebody may have typed as theirs.</summary>
    public static bool IsName(string? name) => name is not null && name.Trim() is { Length: > 1 and <= LongestName } typed && !typed.Any(char.IsControl);

    /// <summary>Reads and changes nothing.</summary>
    public async Task<EmbargoStanding> FindAsync(string token, string secret, CancellationToken ct)
    {
        var asked = await FindMessageAsync(token, secret, ct);
        return asked is null ? new(EmbargoLinkState.Unknown, null) : await StandingAsync(asked, ct);
    }

    /// <param name="name">As the person typed it.</param>
    /// <returns>How the link stands afterwards; where it does not say what was answered, nothing was kept.</returns>
    /// <exception cref="RuleViolation">The name is none.</exception>
    public async Task<EmbargoStanding> ExecuteAsync(string token, string secret, bool accept, string name, CancellationToken ct)
    {
        if (!IsName(name))
        {
            throw new RuleViolation("required", $"Type your name, {LongestName} characters at most.", "name");
        }

        if (await FindMessageAsync(token, secret, ct) is not { } asked)
        {
            return new(EmbargoLinkState.Unknown, null);
        }

        try
        {
            await using var unit = await db.BeginUnitAsync(ct);
            var found = await StandingAsync(asked, ct);
            if (found.State != EmbargoLinkState.Open)
            {
                return found;
            }

            await KeepAsync(asked, accept, $"{(accept ? found.Terms!.Accepted : found.Terms!.Declined)}\n\n{name.Trim()}", ct);
            await unit.CommitAsync(ct);
        }
        catch (Conflict)
        {
            // Two answers at once: the first one stands.
        }

        db.ChangeTracker.Clear();
        return await StandingAsync(asked, ct);
    }

    private async Task KeepAsync(Asked asked, bool accept, string words, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (message, until) = (asked.Message, asked.Request.Until);
        var (person, story) = (message.InfluencerId!.Value, message.SendOut!.StoryId!.Value);
        var said = new InteractionChanges
        {
            InfluencerId = person,
            Channel = "embargo page",
            OccurredAt = now,
            Subject = message.Subject,
            Notes = $"{words}\n\nMessage-ID: {message.InternetMessageId}",
            Outcome = accept ? InteractionOutcome.Agreed : InteractionOutcome.Declined,
        };
        var entry = ReceivedReply.InHistory(said, message, now);
        db.Add(entry);
        await db.SaveChangesAsync(ct);

        var answer = accept ? EmbargoStatus.Accepted : EmbargoStatus.Refused;
        var agreements = db.EmbargoAgreements.IgnoreQueryFilters().Where(a => a.StoryId == story && a.InfluencerId == person);
        var accepted = accept ? until : null;
        if (await agreements.Where(a => a.Status == EmbargoStatus.Asked || (a.Status == EmbargoStatus.Accepted && (a.AcceptedUntil == null || a.AcceptedUntil < until))).UpdateRowsAsync(
            now, set => set.SetProperty(a => a.Status, answer).SetProperty(a => a.AcceptedUntil, accepted).SetProperty(a => a.At, now).SetProperty(a => a.EvidenceId, entry.Id), ct) == 0)
        {
            db.Add(EmbargoAgreement.Answered(story, person, answer, accepted, now, entry.Id));
            await errors.TranslateAsync<EmbargoAgreement>(() => db.SaveChangesAsync(ct));
        }

        var key = await agreements.Select(a => a.Id).SingleAsync(ct);
        db.Add(AuditEntry.Act(scope.Required, nameof(EmbargoAgreement), key, $"{Data.Words.Camel(answer.ToString())} on the page of message {message.Id}: {words}", now, person));
        await db.SaveChangesAsync(ct);
        await db.Messages.Where(m => m.Id == message.Id && m.RepliedAt == null).UpdateRowsAsync(now, set => set.SetProperty(m => m.RepliedAt, now), ct);
        await stop.ExecuteAsync(message, now, ct);
        await last.UpdateAsync(person, ct);
    }

    private async Task<EmbargoStanding> StandingAsync(Asked asked, CancellationToken ct)
    {
        var (message, request, values) = asked;
        var sendOut = message.SendOut!;
        var story = await db.Stories.IgnoreQueryFilters().AsNoTracking().FirstAsync(s => s.Id == sendOut.StoryId, ct);
        var answered = await db.EmbargoAgreements.IgnoreQueryFilters().Where(a => a.StoryId == story.Id && a.InfluencerId == message.InfluencerId)
            .Select(a => new { a.Status, a.AcceptedUntil }).FirstOrDefaultAsync(ct);
        var state =
            story.Status == StoryStatus.Withdrawn || story.ArchivedAt is not null ? EmbargoLinkState.Withdrawn
            : story.EmbargoUntil <= clock.GetUtcNow().UtcDateTime || story.Status == StoryStatus.Public ? EmbargoLinkState.Over
            : answered is { Status: EmbargoStatus.Broken } || (answered is { Status: EmbargoStatus.Accepted } && Embargo.Covers(answered.AcceptedUntil, story.EmbargoUntil)) ? EmbargoLinkState.Accepted
            : answered is { Status: EmbargoStatus.Refused } ? EmbargoLinkState.Declined
            : request.Until is null || story.EmbargoUntil != request.Until ? EmbargoLinkState.Changed
            : EmbargoLinkState.Open;
        var sender = MailSender.Of(sendOut, options.Value);
        var language = message.Language ?? values.Languages?[0];
        return new EmbargoStanding(state, language)
        {
            Announced = message.Subject ?? "",
            Title = ShowsTitle(sendOut, message.VariantId) ? new SharedValues(sendOut, sender).In(language ?? "en").Story.Title : null,
            Terms = state == EmbargoLinkState.Open
                ? EmbargoTerms.Of(language, message.Subject ?? "", sender.Name.Length > 0 ? sender.Name : sender.Address ?? "", request.Until!.Value, values.TimeZone)
                : null,
            AcceptedUntil = answered?.AcceptedUntil is { } until ? EmbargoTerms.When(language, until, values.TimeZone) : null,
        };
    }

    /// <summary>A title may tell the story, so it is shown to whom the teaser has shown it.</summary>
    private static bool ShowsTitle(SendOut sendOut, int? variantId)
    {
        var variant = sendOut.Variants.Find(v => v.Id == variantId);
        return $"{variant?.SubjectTemplate ?? sendOut.SubjectTemplate} {variant?.BodyTemplate ?? sendOut.BodyTemplate}".Contains("story.title", StringComparison.Ordinal);
    }

    private async Task<Asked?> FindMessageAsync(string token, string secret, CancellationToken ct)
    {
        // Nobody is signed in: the link is the right, and only to this.
        scope.Become(Actor.System);
        var message = await db.Messages.IgnoreQueryFilters().AsNoTracking().AsSplitQuery()
            .Include(m => m.SendOut!.Variants).Include(m => m.SendOut!.SenderAccount).Include(m => m.SendOut!.Story!.Versions).Include(m => m.SendOut!.Client)
            .OrderBy(m => m.Id).FirstOrDefaultAsync(m => m.Token == token, ct);
        return message is { InfluencerId: not null, Values: { } kept, Status: not (MessageStatus.Skipped or MessageStatus.Cancelled), SendOut: { Purpose: SendOutPurpose.EmbargoTeaser, StoryId: not null } }
            && PersonValues.FromJson(kept) is { Embargo: { } request } values
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Secret), Encoding.UTF8.GetBytes(secret))
            ? new Asked(message, request, values)
            : null;
    }

    private sealed record Asked(Message Message, EmbargoRequest Request, PersonValues Values);
}
