using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.MediaLists;
using InfluencerCrm.Core.SendOuts.Rendering;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>Freezes a list for a send-out: decides for each person whether, when, how and with which words they are written to. Writes nothing.</summary>
public sealed class PlanMessages(
    CrmDbContext db, CurrentActor scope, ResolveList resolve, LoadRecipients load, LoadEarlier earlier, FindOppositions oppositions, MeasurePressure pressure, IOptions<AgencyOptions> agency)
{
    /// <summary>Stands where a message's token will be, so that links have their length.</summary>
    internal const string NoToken = "000000000000000000000000";

    /// <param name="mails">The send-out.</param>
    /// <param name="at">When it is to leave.</param>
    /// <param name="overridePressure">People under contact pressure get their mail all the same.</param>
    public Task<SendOutPlan> ExecuteAsync(SendOutMails mails, DateTime at, bool overridePressure, CancellationToken ct) =>
        ExecuteAsync(mails, at, overridePressure, Served.Nobody, _ => Task.CompletedTask, ct);

    /// <param name="served">Who has a row of this send-out; they get no other.</param>
    internal Task<SendOutPlan> ExecuteAsync(SendOutMails mails, DateTime at, bool overridePressure, Served served, CancellationToken ct) =>
        ExecuteAsync(mails, at, overridePressure, served, _ => Task.CompletedTask, ct);

    /// <param name="take">Is given messages while the next ones are planned, a group at a time, and no more of them once an error is found.</param>
    internal Task<SendOutPlan> ExecuteAsync(SendOutMails mails, DateTime at, bool overridePressure, Func<IReadOnlyList<MessagePlan>, Task> take, CancellationToken ct) =>
        ExecuteAsync(mails, at, overridePressure, Served.Nobody, take, ct);

    private async Task<SendOutPlan> ExecuteAsync(
        SendOutMails mails, DateTime at, bool overridePressure, Served served, Func<IReadOnlyList<MessagePlan>, Task> take, CancellationToken ct)
    {
        var sendOut = mails.SendOut;
        var problems = new ProblemList();
        SendOutChecks.AddTo(problems, mails, scope.Required, at);
        var before = await earlier.ExecuteAsync(sendOut, ct);
        var wanted = await WantedAsync(sendOut, before, problems, ct);
        var agreed = await AgreedAsync(sendOut, ct);
        var letters = new LetterChecks(mails, problems);
        var times = new DueTimes(sendOut, agency.Value);
        var waits = new WaitChecks(times);
        var taken = new HashSet<string>(served.Addresses, StringComparer.Ordinal);
        var messages = new List<MessagePlan>(wanted.Count);
        var names = new Dictionary<int, string>(wanted.Count);
        var overridden = new List<int>();
        var lapsed = 0;
        await using var planned = new HandOver(take);
        await foreach (var group in GroupsAsync(sendOut, [.. wanted.Where(id => !served.People.Contains(id))], at, ct))
        {
            var first = messages.Count;
            foreach (var (person, variant, draft, values) in Drafted(mails, group, letters.ReadsText, ct))
            {
                names[person.Id] = person.Name;
                var (floor, back, dueAt) = times.Leaves(person.Values.TimeZone, at, before.NotBefore(sendOut, person.Id), person.AwayUntil);
                var reason = Refusal(person, group.Opposed)
                    ?? (sendOut.Purpose == SendOutPurpose.FollowUp && EarlierMessages.Decide(sendOut) && !before.Silent.Contains(person.Id) ? SkipReason.Answered : (SkipReason?)null)
                    ?? (Embargo.Holds(sendOut, dueAt) && !agreed.Covers(person.Id) ? SkipReason.Embargo : (SkipReason?)null)
                    ?? (person.AwayUntil > dueAt && sendOut.Purpose != SendOutPurpose.Correction ? SkipReason.Away : (SkipReason?)null);
                lapsed += reason == SkipReason.Embargo && agreed.HasLapsed(person.Id) ? 1 : 0;
                if (reason is null && group.Approached.GetValueOrDefault(person.Id) is { } past)
                {
                    var blocked = past.OfClient >= MeasurePressure.ClientLimit;
                    reason = blocked && !overridePressure ? SkipReason.ContactPressure : (SkipReason?)null;
                    PressureChecks.AddTo(problems, person, past, blocked, overridePressure);
                    if (blocked && overridePressure)
                    {
                        overridden.Add(person.Id);
                    }
                }

                if (reason is null && before.Reminded.Contains(person.Id))
                {
                    reason = overridePressure ? null : SkipReason.ContactPressure;
                    PressureChecks.AddReminded(problems, person, overridePressure);
                    if (overridePressure)
                    {
                        overridden.Add(person.Id);
                    }
                }

                var byHand = person.IsReachedByHand;
                if (reason is null && !byHand && !taken.Add(person.Address!.Key))
                {
                    reason = SkipReason.DuplicateAddress;
                }

                if (reason is null)
                {
                    waits.Read(person, floor, back, dueAt);
                }

                messages.Add(Plan(mails, person, variant, dueAt, reason, byHand, reason is null ? values : null, reason is null ? letters.Read(person, variant, draft) : null));
            }

            if (!problems.HasErrors)
            {
                await planned.AddAsync(messages.GetRange(first, messages.Count - first));
            }
        }

        await planned.CompleteAsync();

        SendOutChecks.AddSkips(problems, messages.Count, messages);
        SendOutChecks.AddLapsed(problems, messages.Count, lapsed);
        waits.AddTo(problems);
        return new SendOutPlan
        {
            Mails = mails,
            Messages = messages,
            Problems = problems.ToList(),
            Overridden = overridden,
            Names = names,
        };
    }

    /// <summary>Reads the people of one group while the letters of the group before are made: the database and the other cores need not wait for each other.</summary>
    private async IAsyncEnumerable<Group> GroupsAsync(SendOut sendOut, IReadOnlyCollection<int> ids, DateTime at, [EnumeratorCancellation] CancellationToken ct)
    {
        Task<Group>? ahead = null;
        try
        {
            foreach (var some in ids.Chunk(LoadRecipients.Together))
            {
                var group = ahead is null ? null : await ahead;
                ahead = Task.Run(() => ReadAsync(sendOut, some, at, ct), ct);
                if (group is not null)
                {
                    yield return group;
                }
            }

            if (ahead is not null)
            {
                yield return await ahead;
            }
        }
        finally
        {
            // Whoever gave up must not find the context still at work.
            if (ahead is not null)
            {
                await Task.WhenAny(ahead);
            }
        }
    }

    private async Task<Group> ReadAsync(SendOut sendOut, int[] ids, DateTime at, CancellationToken ct)
    {
        var listed = await load.ExecuteAsync(sendOut, ids, ct);
        var (people, opposed) = await oppositions.ExecuteAsync(listed, sendOut.ClientId, ct);
        var approached = MeasurePressure.Counts(sendOut.Purpose)
            ? await pressure.ExecuteAsync([.. people.Select(p => p.Id)], sendOut.ClientId, at, ct)
            : new Dictionary<int, Pressure>();
        return new Group(people, opposed, approached);
    }

    /// <summary>With the letter and the values of each who may get one, made on all cores; in the order of the people.</summary>
    private static ParallelQuery<(Recipient Person, int? Variant, LetterDraft? Letter, string? Values)> Drafted(SendOutMails mails, Group group, bool withText, CancellationToken ct) =>
        group.People.AsParallel().AsOrdered().WithCancellation(ct).Select(person =>
        {
            var variant = VariantChoice.Of(mails.SendOut.Variants, mails.DefaultLanguage, person);
            return Refusal(person, group.Opposed) is null
                ? (person, variant, mails.Draft(variant, person.Values, NoToken, withText), (person.Values with { Embargo = Asked(mails.SendOut) }).ToJson())
                : (person, variant, (LetterDraft?)null, (string?)null);
        });

    private static MessagePlan Plan(SendOutMails mails, Recipient person, int? variant, DateTime dueAt, SkipReason? reason, bool byHand, string? values, string? subject) => new()
    {
        InfluencerId = person.Id,
        Channel = byHand ? MessageChannel.Manual : MessageChannel.Email,
        ToName = Short(person.Name),
        ToAddress = byHand ? null : person.Address?.Value,
        AddressKey = byHand ? null : person.Address?.Key,
        Language = mails.LanguageOf(variant),
        Locale = person.Languages.Count > 0 ? person.Languages[0] : null,
        Subject = subject,
        VariantId = variant,
        Values = values,
        MessageIdDomain = byHand ? null : mails.Sender.Domain,
        DueAt = dueAt,
        SkipReason = reason,
    };

    private static EmbargoRequest? Asked(SendOut sendOut) =>
        sendOut is { Purpose: SendOutPurpose.EmbargoTeaser, Story: { } story } ? new EmbargoRequest(RandomNumberGenerator.GetHexString(32, lowercase: true), story.EmbargoUntil) : null;

    private static SkipReason? Refusal(Recipient person, IReadOnlySet<int> opposed) =>
        opposed.Contains(person.Id) || person.Address is { Status: Influencers.EmailStatus.Complained } ? SkipReason.Suppressed
        : person.DoNotContact ? SkipReason.DoNotContact
        : person.Address is { Status: Influencers.EmailStatus.Bounced } ? SkipReason.Bounced
        : person.Address is null && !person.IsReachedByHand ? SkipReason.NoAddress
        : null;

    private static string Short(string name) => name.Length > 200 ? name[..200] : name;

    /// <summary>Who an earlier send-out reached; where a list is chosen too, who is on both.</summary>
    private async Task<IReadOnlyList<int>> WantedAsync(SendOut sendOut, Earlier before, ProblemList problems, CancellationToken ct)
    {
        if (!EarlierMessages.Decide(sendOut))
        {
            return await ListedAsync(sendOut, problems, ct);
        }

        if (before.SentAt.Count == 0)
        {
            problems.Error("nobodyReached", "The send-out that this one goes on from has reached nobody yet.", "followUpOfId");
        }

        IReadOnlyList<int> reached = [.. before.SentAt.Keys.Order()];
        return sendOut is { Purpose: SendOutPurpose.FollowUp, MediaListId: not null } ? [.. reached.Intersect(await ListedAsync(sendOut, problems, ct))] : reached;
    }

    private async Task<IReadOnlyList<int>> ListedAsync(SendOut sendOut, ProblemList problems, CancellationToken ct)
    {
        if (sendOut.MediaListId is not { } list)
        {
            problems.Error("noList", "No list is chosen: nobody would be written to.", "mediaListId");
            return [];
        }

        try
        {
            var people = await resolve.ExecuteAsync(list, ct);
            var ids = await resolve.WithinLimitAsync(limit => people.OrderBy(i => i.Id).Select(i => i.Id).ToListAsync(limit), ct);
            if (ids.Count == 0)
            {
                problems.Error("emptyList", "The list has nobody on it.", "mediaListId");
            }

            return ids;
        }
        catch (RuleViolation refused)
        {
            // Never an empty list: a filter that broke must not look like one that finds nobody.
            problems.Error(refused.Code, refused.Message, "mediaListId");
        }
        catch (NotFound)
        {
            problems.Error("noList", "The list is archived, or you may not see it.", "mediaListId");
        }

        return [];
    }

    private async Task<Agreements> AgreedAsync(SendOut sendOut, CancellationToken ct) =>
        sendOut.StoryId is { } story && sendOut.Purpose != SendOutPurpose.EmbargoTeaser
            ? new(
                await db.EmbargoAgreements.Where(a => a.StoryId == story && a.Status == EmbargoStatus.Accepted).Select(a => new { a.InfluencerId, a.AcceptedUntil }).ToDictionaryAsync(a => a.InfluencerId, a => a.AcceptedUntil, ct),
                sendOut.Story?.EmbargoUntil)
            : new(new Dictionary<int, DateTime?>(), null);

    /// <param name="Accepted">Who accepted the story's embargo, until when.</param>
    /// <param name="Until">The end that it has now.</param>
    private sealed record Agreements(IReadOnlyDictionary<int, DateTime?> Accepted, DateTime? Until)
    {
        public bool Covers(int person) => Accepted.TryGetValue(person, out var until) && Embargo.Covers(until, Until);

        public bool HasLapsed(int person) => Accepted.TryGetValue(person, out var until) && !Embargo.Covers(until, Until);
    }

    /// <summary>Some of the people, with what the database says against writing to them.</summary>
    private sealed record Group(IReadOnlyList<Recipient> People, IReadOnlySet<int> Opposed, IReadOnlyDictionary<int, Pressure> Approached);
}
