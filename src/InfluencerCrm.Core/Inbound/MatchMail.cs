using System.Text.RegularExpressions;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Inbound;

/// <summary>The message a mail is about, and what keeps the mail from changing anything by itself.</summary>
/// <param name="Report">Of a report, what it says about the message's address; else the first thing it says.</param>
public sealed record Matched(Message? Message, RecipientReport? Report, InboundProblem? Problem);

/// <summary>
/// Finds the message by its token, which nobody else knows, and asks whether the mail comes from, or is about, the address the message
/// went to. Both are needed: mails get forwarded, and a report is easily forged.
/// </summary>
public sealed partial class MatchMail(CrmDbContext db)
{
    /// <summary>Servers give up after five days; a report that comes much later is not about this mail.</summary>
    internal static readonly TimeSpan LatestReport = TimeSpan.FromDays(14);

    public async Task<Matched> ExecuteAsync(MailReading reading, DateTime now, CancellationToken ct)
    {
        var message = await MessageAsync(reading, ct);
        if (message is null)
        {
            return new Matched(null, Main(reading), InboundProblem.NoMessage);
        }

        if (reading.Recipients.Count == 0)
        {
            return new Matched(message, null, await IsFromAsync(message, reading.FromAddress, ct) ? null : InboundProblem.OtherSender);
        }

        var to = AddressKey.Of(message.ToAddress);
        var report = to is null ? null : reading.Recipients.FirstOrDefault(r => AddressKey.Of(r.Recipient) == to || AddressKey.Of(r.OriginalRecipient) == to);
        return report is null ? new Matched(message, Main(reading), InboundProblem.OtherRecipient)
            : (message.SentAt ?? message.DueAt ?? message.CreatedAt) < now - LatestReport ? new Matched(message, report, InboundProblem.TooLate)
            : new Matched(message, report, null);
    }

    /// <summary>Who holds the address the mail is from or about, where it is one person's alone.</summary>
    public async Task<int?> PersonAsync(MailReading reading, CancellationToken ct)
    {
        var key = AddressKey.Of(reading.Recipients.Count > 0 ? Main(reading)?.Recipient : reading.FromAddress);
        return key is null ? null : await db.ContactPoints.Where(p => p.UniqueAddressKey == key).Select(p => p.InfluencerId).FirstOrDefaultAsync(ct);
    }

    private static RecipientReport? Main(MailReading reading) => reading.Recipients.FirstOrDefault(r => r.Action == ReportedAction.Failed) ?? (reading.Recipients.Count > 0 ? reading.Recipients[0] : null);

    private async Task<Message?> MessageAsync(MailReading reading, CancellationToken ct)
    {
        var tokens = reading.Clues.Select(c => Token().Match(c)).Where(m => m.Success).Select(m => m.Groups[1].Value.ToLowerInvariant()).Distinct().Take(20).ToList();
        if (tokens.Count == 0)
        {
            return null;
        }

        var found = await db.Messages.IgnoreQueryFilters().AsNoTracking().Include(m => m.SendOut).Where(m => tokens.Contains(m.Token)).ToListAsync(ct);

        // A thread names several of ours: the first clue is the mail it is about.
        return found.MinBy(m => tokens.IndexOf(m.Token));
    }

    /// <summary>The address the mail went to, or another that is known to be this person's alone.</summary>
    private async Task<bool> IsFromAsync(Message message, string? from, CancellationToken ct)
    {
        if (AddressKey.Of(from) is not { } key || message.ToAddress is null)
        {
            return false;
        }

        return AddressKey.Of(message.ToAddress) == key
            || (message.InfluencerId is { } person && await db.ContactPoints.AnyAsync(p => p.InfluencerId == person && p.UniqueAddressKey == key, ct));
    }

    // As Message-IDs and return paths carry it: at their beginning, or behind a plus sign.
    [GeneratedRegex("(?:^|\\+)([0-9a-fA-F]{24})@", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
