namespace InfluencerCrm.Core.SendOuts;

/// <summary>The task of somebody who writes by hand to a person that a send-out cannot mail.</summary>
internal static class ManualTask
{
    /// <param name="sendOut">With its story.</param>
    public static string Title(string person, SendOut sendOut) => $"{Cut(person, 150)}{About(sendOut)}";

    /// <summary>How titles of this send-out's tasks end.</summary>
    public static string About(SendOut sendOut) =>
        // A task is hidden with its story or campaign only: without them it must not name what lies behind a wall.
        sendOut.Story is { } story ? $": {Cut(story.Title, 240)}"
        : sendOut is { ClientId: null } or { CampaignId: not null } ? $": {Cut(sendOut.Name, 240)}"
        : ": to be written to by hand";

    private static string Cut(string text, int length) => text.Length > length ? text[..(length - 1)] + "…" : text;
}
