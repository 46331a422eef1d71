using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.SendOuts.Planning;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.Core.Team;
using InfluencerCrm.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>What the gate said.</summary>
internal enum GateAnswer
{
    /// <summary>The intent is written: the mail may begin once it is committed.</summary>
    Begun,

    /// <summary>Something stands against it; the row says what.</summary>
    Skipped,

    /// <summary>The send-out is paused, stopped or over, its account rests, or the hour is none to write at; the row waits.</summary>
    Held,

    /// <summary>Somebody else has it, or it is done.</summary>
    Lost,
}

/// <summary>
/// The intent before each mail: one UPDATE that touches the row only if the claim still holds, the send-out is under way and nothing
/// stands against writing to this person at this address. No first byte leaves before it is committed.
/// </summary>
internal sealed class MessageGate(CrmDbContext db, KeptUpdates updates, AddressHash hash, IOptions<DispatchOptions> options, IOptions<AgencyOptions> agency)
{
    /// <summary>More kinds of send-outs than these are not under way at once.</summary>
    private const int MostKept = 32;

    private readonly Dictionary<Shape, KeptUpdate> _kept = [];

    /// <summary>Asks for several messages at once.</summary>
    /// <returns>In the order of the intents.</returns>
    public async Task<GateAnswer[]> TryBeginAsync(IReadOnlyList<Intent> intents, DateTime now, CancellationToken ct)
    {
        var answers = new GateAnswer[intents.Count];
        var asked = new List<(int Position, Beginning Row)>(intents.Count);
        var runs = new List<KeptRun>(intents.Count);
        for (var i = 0; i < answers.Length; i++)
        {
            var claimed = intents[i].Claimed;
            if (Hours(claimed, now) is { } opens)
            {
                answers[i] = await PostponeAsync(claimed, opens, now, ct);
                continue;
            }

            var row = RowOf(intents[i], now);
            if (updates.IsAvailable && Silent(claimed) is null)
            {
                asked.Add((i, row));
                runs.Add(new KeptRun(await KeptAsync(Shape.Of(claimed.SendOut), ct), row));
            }
            else
            {
                answers[i] = await BeginAsync(row, Shape.Of(claimed.SendOut), Silent(claimed), ct) == 1 ? GateAnswer.Begun : await RefusedAsync(claimed, row.AddressHash, now, ct);
            }
        }

        var touched = await updates.RunAsync(runs, ct);
        for (var i = 0; i < touched.Length; i++)
        {
            var (position, row) = asked[i];
            answers[position] = touched[i] == 1 ? GateAnswer.Begun : await RefusedAsync(intents[position].Claimed, row.AddressHash, now, ct);
        }

        return answers;
    }

    private async Task<KeptUpdate> KeptAsync(Shape shape, CancellationToken ct)
    {
        if (_kept.TryGetValue(shape, out var kept))
        {
            return kept;
        }

        if (_kept.Count == MostKept)
        {
            _kept.Clear();
        }

        return _kept[shape] = await KeptUpdate.OfAsync<Beginning>(row => BeginAsync(row, shape, null, ct));
    }

    /// <param name="silent">For a follow-up: the earlier messages nobody has answered.</param>
    private Task<int> BeginAsync(Beginning row, Shape shape, IQueryable<Message>? silent, CancellationToken ct)
    {
        var (client, story, reachesAway, hasAccount, now) = (shape.ClientId, shape.EmbargoedStory, shape.ReachesAway, shape.HasAccount, row.Now);
        var free = Held(row.Id, row.Token).Where(m => m.LeaseUntil > now && m.DueAt <= now
                && (m.Status == MessageStatus.Queued || m.Status == MessageStatus.Deferred))
            .Where(m => db.SendOuts.Any(s => s.Id == m.SendOutId && s.Status == SendOutStatus.Sending && s.StoppedAt == null))
            .Where(m => !hasAccount || db.SendOuts.Any(s => s.Id == m.SendOutId && s.SenderAccount!.State == SenderAccountState.Active))
            .Where(m => db.Influencers.Any(i => i.Id == m.InfluencerId && i.ErasedAt == null && i.ArchivedAt == null && !i.DoNotContact
                && (reachesAway || i.AwayUntil == null || i.AwayUntil <= now)))
            .Where(m => db.ContactPoints.Any(p => p.InfluencerId == m.InfluencerId && p.AddressKey == m.AddressKey && p.Use == ContactUse.Mailing
                && p.Status != EmailStatus.Bounced && p.Status != EmailStatus.Complained))
            .Where(m => !db.Suppressions.Any(s => s.LiftedAt == null && (s.InfluencerId == m.InfluencerId || s.AddressHash == row.AddressHash)
                && (s.Scope == SuppressionScope.All || s.ClientId == client)));
        if (story is not null)
        {
            var dateless = shape.IsDateless;
            free = free.Where(m => !db.Stories.Any(s => s.Id == story && (s.EmbargoUntil > now || (dateless && s.EmbargoUntil == null))
                && !db.EmbargoAgreements.Any(a => a.StoryId == story && a.InfluencerId == m.InfluencerId && a.Status == EmbargoStatus.Accepted
                    && (s.EmbargoUntil == null || a.AcceptedUntil >= s.EmbargoUntil))));
        }

        if (silent is not null)
        {
            free = free.Where(m => silent.Any(o => o.InfluencerId == m.InfluencerId));
        }

        // The lease begins anew: a connection works on one message for eleven minutes at most.
        return free.UpdateRowsAsync(
            now,
            row.Version,
            set => set.SetProperty(m => m.Status, MessageStatus.Sending).SetProperty(m => m.Attempts, m => m.Attempts + 1).SetProperty(m => m.LeaseUntil, row.Lease)
                .SetProperty(m => m.InternetMessageId, row.MessageId).SetProperty(m => m.Subject, row.Subject),
            ct);
    }

    private Beginning RowOf(Intent intent, DateTime now) => new(
        intent.Claimed.Id, intent.Claimed.Token, Guid.NewGuid(), now, now + options.Value.Lease, intent.Mail.InternetMessageId, intent.Mail.Subject, hash.Of(intent.Claimed.Message.AddressKey ?? ""));

    /// <summary>Reads again why the row was not touched, and writes it down.</summary>
    private async Task<GateAnswer> RefusedAsync(ClaimedMessage claimed, byte[] addressHash, DateTime now, CancellationToken ct)
    {
        var (id, token, client) = (claimed.Id, claimed.Token, claimed.SendOut.ClientId);
        var (story, dateless) = (EmbargoedStory(claimed.SendOut), claimed.SendOut.Purpose == SendOutPurpose.EmbargoContent);
        var silent = Silent(claimed) ?? db.Messages;
        var row = await db.Messages.IgnoreQueryFilters().Where(m => m.Id == id && m.ClaimToken == token).Select(m => new
        {
            m.Status,
            IsHeld = m.LeaseUntil > now,
            SendOut = m.SendOut!.Status,
            Stopped = m.SendOut.StoppedAt != null,
            Resting = m.SendOut.SenderAccountId != null && m.SendOut.SenderAccount!.State != SenderAccountState.Active,
            Early = m.DueAt == null || m.DueAt > now,
            Answered = !silent.Any(o => o.InfluencerId == m.InfluencerId),
            Embargoed = story != null
                && db.Stories.Any(s => s.Id == story && (s.EmbargoUntil > now || (dateless && s.EmbargoUntil == null))
                    && !db.EmbargoAgreements.Any(a => a.StoryId == story && a.InfluencerId == m.InfluencerId && a.Status == EmbargoStatus.Accepted
                        && (s.EmbargoUntil == null || a.AcceptedUntil >= s.EmbargoUntil))),
            Suppressed = db.Suppressions.Any(s => s.LiftedAt == null
                && (s.InfluencerId == m.InfluencerId || (s.AddressHash == addressHash && s.Reason != SuppressionReason.Bounce))
                && (s.Scope == SuppressionScope.All || s.ClientId == client)),
            Dead = db.Suppressions.Any(s => s.LiftedAt == null && s.AddressHash == addressHash && s.Reason == SuppressionReason.Bounce
                && (s.Scope == SuppressionScope.All || s.ClientId == client)),
            Person = db.Influencers.Where(i => i.Id == m.InfluencerId)
                .Select(i => new { i.DoNotContact, i.AwayUntil, Erased = i.ErasedAt != null, Archived = i.ArchivedAt != null }).FirstOrDefault(),
            Point = db.ContactPoints.Where(p => p.InfluencerId == m.InfluencerId && p.AddressKey == m.AddressKey && p.Use == ContactUse.Mailing)
                .Select(p => new { p.Status }).FirstOrDefault(),
        }).FirstOrDefaultAsync(ct);
        switch (row)
        {
            // The commit of an earlier round went through although its answer was lost. Once its lease is over a person may have it sent again.
            case { Status: MessageStatus.Sending, IsHeld: true }:
                return GateAnswer.Begun;
            case not { Status: MessageStatus.Queued or MessageStatus.Deferred }:
                return GateAnswer.Lost;
            case { SendOut: SendOutStatus.Cancelled }:
                await EndAsync(claimed, MessageStatus.Cancelled, null, now, ct);
                return GateAnswer.Held;
            case not { SendOut: SendOutStatus.Sending, Stopped: false, Resting: false, Early: false }:
                await Held(id, token).ReleaseAsync(token, ct);
                return GateAnswer.Held;
        }

        var reason = row.Person is null or { Erased: true } ? SkipReason.Erased
            : row.Suppressed ? SkipReason.Suppressed
            : row.Person.DoNotContact ? SkipReason.DoNotContact
            : row.Person.Archived ? SkipReason.Archived
            : row.Point is null ? SkipReason.AddressChanged
            : row.Dead || row.Point.Status is EmailStatus.Bounced or EmailStatus.Complained ? SkipReason.Bounced
            : row.Embargoed ? SkipReason.Embargo
            : row.Answered ? SkipReason.Answered
            : row.Person.AwayUntil > now && claimed.SendOut.Purpose != SendOutPurpose.Correction ? SkipReason.Away
            : (SkipReason?)null;
        if (reason is null)
        {
            // Only the lease had ended, or what stood against it has just gone: the next claim decides.
            await Held(id, token).ReleaseAsync(token, ct);
            return GateAnswer.Lost;
        }

        if (reason == SkipReason.Away && claimed.SendOut.WhenAway == AwayRule.Wait)
        {
            return await PostponeAsync(claimed, Times(claimed).Of(ZoneOf(claimed), row.Person!.AwayUntil!.Value), now, ct);
        }

        await EndAsync(claimed, MessageStatus.Skipped, reason, now, ct);
        return GateAnswer.Skipped;
    }

    /// <summary>
    /// The story whose embargo binds this mail: <see cref="Planning.Embargo.Holds"/> and <see cref="Planning.Embargo.Covers"/>, asked of the
    /// rows as they are now, since an embargo may have been set or moved, or an agreement broken, after scheduling.
    /// </summary>
    private static int? EmbargoedStory(SendOut sendOut) =>
        sendOut.Purpose == SendOutPurpose.EmbargoTeaser ? null : sendOut.StoryId;

    /// <summary>When the sending hours begin again where the person lives, if now is outside of them: a retry, a slow pace or a resumed send-out may end up there.</summary>
    private DateTime? Hours(ClaimedMessage claimed, DateTime now)
    {
        var times = Times(claimed);
        return times.HasHours && times.Resumed(ZoneOf(claimed), now) is var opens && opens > now ? opens : null;
    }

    private DueTimes Times(ClaimedMessage claimed) => new(claimed.SendOut, agency.Value);

    private static string? ZoneOf(ClaimedMessage claimed) => claimed.Message.Values is { } values ? PersonValues.FromJson(values).TimeZone : null;

    private async Task<GateAnswer> PostponeAsync(ClaimedMessage claimed, DateTime dueAt, DateTime now, CancellationToken ct)
    {
        await Held(claimed.Id, claimed.Token).Where(m => m.Status == MessageStatus.Queued || m.Status == MessageStatus.Deferred).UpdateRowsAsync(
            now,
            set => set.SetProperty(m => m.DueAt, dueAt).SetProperty(m => m.ClaimToken, (Guid?)null).SetProperty(m => m.LeaseUntil, (DateTime?)null),
            ct);
        return GateAnswer.Held;
    }

    /// <summary>For a follow-up: the earlier messages nobody has answered, as the rows are now. Null: the mail follows none up.</summary>
    private IQueryable<Message>? Silent(ClaimedMessage claimed) =>
        claimed.SendOut is { Purpose: SendOutPurpose.FollowUp, FollowUpOfId: not null } ? EarlierMessages.Silent(db, claimed.SendOut, claimed.Mails.Chain) : null;

    private Task<int> EndAsync(ClaimedMessage claimed, MessageStatus status, SkipReason? reason, DateTime now, CancellationToken ct) =>
        Held(claimed.Id, claimed.Token).Where(m => m.Status == MessageStatus.Queued || m.Status == MessageStatus.Deferred).UpdateRowsAsync(
            now,
            set => set.SetProperty(m => m.Status, status).SetProperty(m => m.SkipReason, reason).SetProperty(m => m.AddressKey, (string?)null)
                .SetProperty(m => m.DueAt, (DateTime?)null).SetProperty(m => m.ClaimToken, (Guid?)null).SetProperty(m => m.LeaseUntil, (DateTime?)null),
            ct);

    private IQueryable<Message> Held(long id, Guid token) => db.Messages.IgnoreQueryFilters().Where(m => m.Id == id && m.ClaimToken == token);

    /// <summary>What the question to the gate is made of, as far as it is the send-out's.</summary>
    private sealed record Shape(int? ClientId, int? EmbargoedStory, bool IsDateless, bool ReachesAway, bool HasAccount)
    {
        public static Shape Of(SendOut sendOut) =>
            new(sendOut.ClientId, MessageGate.EmbargoedStory(sendOut), sendOut.Purpose == SendOutPurpose.EmbargoContent, sendOut.Purpose == SendOutPurpose.Correction, sendOut.SenderAccountId is not null);
    }

    /// <summary>What is the message's.</summary>
    private sealed record Beginning(long Id, Guid Token, Guid Version, DateTime Now, DateTime Lease, string MessageId, string Subject, byte[] AddressHash);
}
