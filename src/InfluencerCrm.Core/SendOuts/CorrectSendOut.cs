using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>The words of a correction.</summary>
public sealed record CorrectRequest
{
    /// <summary>Markdown with Liquid; empty: to be written in the draft.</summary>
    public string? BodyTemplate { get; init; }

    /// <summary>Liquid; empty: the subject of the mail that is corrected, after "Re:".</summary>
    public string? SubjectTemplate { get; init; }

    /// <summary>What the team calls it; empty: the name of the one that is corrected.</summary>
    public string? Name { get; init; }
}

/// <summary>
/// Makes the draft of a correction to exactly those whose mail left, or may have left. It goes into the same thread, is free of contact pressure,
/// and reaches also who is away.
/// </summary>
public sealed class CorrectSendOut(CrmDbContext db, CurrentActor scope, CreateRow<SendOut, SendOutChanges> create)
{
    private const int NameLength = 200;

    /// <exception cref="Conflict">Nothing of it has left.</exception>
    public async Task<SendOut> ExecuteAsync(int sendOutId, CorrectRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.WritePlans);
        var wrong = await db.SendOuts.AsNoTracking().FirstOrDefaultAsync(s => s.Id == sendOutId, ct) ?? throw new NotFound(Words.Of(typeof(SendOut)), sendOutId);
        if (!await db.Messages.AnyAsync(m => m.SendOutId == sendOutId && (m.Status == MessageStatus.Sent || m.Status == MessageStatus.Unconfirmed), ct))
        {
            throw new Conflict("nobodyReached", "Nothing of this send-out has left, so there is nobody to correct it to; cancel it instead.", "status");
        }

        var name = request.Name ?? $"Correction: {wrong.Name}";
        return await create.ExecuteAsync(
            new()
            {
                Name = name.Length > NameLength && request.Name is null ? name[..NameLength] : name,
                Purpose = SendOutPurpose.Correction,
                FollowUpOfId = wrong.Id,
                ClientId = wrong.ClientId,
                CampaignId = wrong.CampaignId,
                StoryId = wrong.StoryId,
                SenderAccountId = wrong.SenderAccountId,
                FromName = wrong.FromName,
                FromAddress = wrong.FromAddress,
                ReplyTo = wrong.ReplyTo,
                MessagesPerMinute = wrong.MessagesPerMinute,
                SubjectTemplate = request.SubjectTemplate ?? "",
                BodyTemplate = request.BodyTemplate ?? "",
                AnyTime = true,
            },
            null,
            ct);
    }
}
