using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Stories;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>What can be said of a send-out before anybody's mail is looked at.</summary>
internal static class SendOutChecks
{
    /// <summary>Files that make a mail larger than this are refused by many servers.</summary>
    private const int LargeFiles = 10 * 1024 * 1024;

    public static void AddTo(ProblemList problems, SendOutMails mails, Actor actor, DateTime at)
    {
        var sendOut = mails.SendOut;
        Templates(problems, mails);
        Sender(problems, mails, actor);
        if (sendOut.Story is { } story)
        {
            Story(problems, sendOut, story, at);
        }
        else if (sendOut.Purpose is SendOutPurpose.EmbargoTeaser or SendOutPurpose.EmbargoContent)
        {
            problems.Error("noStory", "An embargo is a story's; choose the story.", "storyId");
        }

        if (sendOut.StoppedAt is not null)
        {
            problems.Warn("stopped", $"The send-out was stopped: {sendOut.StopReason}. Nothing leaves until the stop is lifted.", target: "stoppedAt");
        }

        if (sendOut.Campaign?.Decision is { } decision and not CampaignDecision.Go)
        {
            problems.Warn("campaignDecision", $"The campaign's decision is {Words.Camel(decision.ToString())}.", target: "campaignId");
        }

        if (sendOut.AssetMode == AssetMode.Attach && sendOut.Assets.Sum(a => (long)a.StoryAsset!.Size) is var size and > LargeFiles)
        {
            problems.Warn("largeFiles", $"The attached files hold {size / (1024 * 1024)} MB; many servers refuse such mails. Send links instead.", target: "assetMode");
        }
    }

    public static void AddSkips(ProblemList problems, int listed, IReadOnlyList<MessagePlan> messages)
    {
        foreach (var skipped in messages.Where(m => m.SkipReason is not null).GroupBy(m => m.SkipReason!.Value).OrderBy(g => g.Key))
        {
            problems.Warn("skipped", $"{skipped.Count()} of {listed} get no mail: {Words.Camel(skipped.Key.ToString())}.", skipped.Count(), Words.Camel(skipped.Key.ToString()));
        }

        if (messages.Count > 0 && messages.All(m => m.SkipReason is not null))
        {
            problems.Warn("nobodyLeft", "Nobody on the list can be written to.", 0);
        }

        if (messages.Count(m => m is { SkipReason: null, Channel: MessageChannel.Manual }) is var byHand and > 0)
        {
            problems.Warn("byHand", $"{byHand} of {listed} cannot be mailed and become tasks for the team.", byHand);
        }
    }

    public static void AddLapsed(ProblemList problems, int listed, int lapsed)
    {
        if (lapsed > 0)
        {
            problems.Warn(
                "embargoMoved",
                $"{lapsed} of {listed} accepted the embargo until an earlier time than it has now, and get nothing before they accept anew. Send them a new teaser; or, where they have told you, put the new end into acceptedUntil of their agreement.",
                lapsed,
                "storyId");
        }
    }

    private static void Templates(ProblemList problems, SendOutMails mails)
    {
        foreach (var (variant, template) in mails.Templates)
        {
            var name = variant is null ? "" : $"Variant {variant.Id} ({variant.Language ?? "any language"}{(variant.Formality is { } form ? ", " + Words.Camel(form.ToString()) : "")}): ";
            foreach (var problem in template.Problems)
            {
                problems.Error(problem.Code, $"{name}{problem.Message}{(problem.Line > 0 ? $" (line {problem.Line}, column {problem.Column})" : "")}", problem.Target);
            }
        }

        if (string.IsNullOrWhiteSpace(mails.SendOut.BodyTemplate))
        {
            problems.Error("emptyBody", "The mail has no text.", "bodyTemplate");
        }
    }

    private static void Sender(ProblemList problems, SendOutMails mails, Actor actor)
    {
        if (mails.Sender.Problem is { } problem)
        {
            problems.Error(problem.Code, problem.Message, problem.Target);
        }

        foreach (var forbidden in SenderAccess.Problems(mails.SendOut, actor))
        {
            problems.Error(forbidden.Code, forbidden.Message, forbidden.Target);
        }

        if (mails.SendOut.SenderAccount is { State: not SenderAccountState.Active } account)
        {
            var why = account.StateReason is { } reason ? $" ({reason})" : "";
            problems.Warn("accountNotActive", $"The sender account is {Words.Camel(account.State.ToString())}{why}; nothing leaves until it is active.", target: "senderAccountId");
        }
    }

    private static void Story(ProblemList problems, SendOut sendOut, Story story, DateTime at)
    {
        if (story.Status == StoryStatus.Withdrawn && sendOut.Purpose is not (SendOutPurpose.Correction or SendOutPurpose.Notice))
        {
            problems.Error("storyWithdrawn", "The story was withdrawn.", "storyId");
        }
        else if (!story.IsApproved && story.Status != StoryStatus.Withdrawn)
        {
            NotApproved(problems, sendOut.Purpose, story);
        }

        // An embargo whose date is not set yet is one.
        var underEmbargo = story.EmbargoUntil is null || story.EmbargoUntil > at;
        if (sendOut.Purpose == SendOutPurpose.EmbargoContent && story.EmbargoUntil is null)
        {
            problems.Warn("noEmbargo", "The story has no embargo date; only people who accepted its embargo are written to.", target: "storyId");
        }

        if (sendOut.Purpose == SendOutPurpose.EmbargoTeaser && underEmbargo)
        {
            Teaser(problems, sendOut);
        }
    }

    /// <summary>Words that bind the client need its approval; a first approach to a journalist may run ahead of it.</summary>
    private static void NotApproved(ProblemList problems, SendOutPurpose purpose, Story story)
    {
        var message = $"The story is {Words.Camel(story.Status.ToString())}, not approved.";
        if (purpose is SendOutPurpose.Release or SendOutPurpose.Statement or SendOutPurpose.Correction or SendOutPurpose.EmbargoContent)
        {
            problems.Error("storyNotApproved", message, "storyId");
        }
        else
        {
            problems.Warn("storyNotApproved", message, target: "storyId");
        }
    }

    private static void Teaser(ProblemList problems, SendOut sendOut)
    {
        if (sendOut.Assets.Count > 0)
        {
            problems.Error("teaserTells", "A teaser goes to people who have not accepted the embargo; it must not bring the story's files.", "assets");
        }

        if (sendOut.Variants.Select(v => v.BodyTemplate).Append(sendOut.BodyTemplate).Any(t => t.Contains("story.body", StringComparison.Ordinal)))
        {
            problems.Error("teaserTells", "A teaser goes to people who have not accepted the embargo; it must not show story.body.", "bodyTemplate");
        }
    }
}
