namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>When a mail of a send-out may go only to those who accepted the story's embargo.</summary>
public static class Embargo
{
    /// <summary>
    /// Every purpose is held back until the embargo ends, except a teaser, which must not show what the story says. A mail that is
    /// named the content of an embargo is held back also where the story's date was never set.
    /// </summary>
    /// <param name="sendOut">With its story.</param>
    /// <param name="at">When the mail leaves.</param>
    public static bool Holds(SendOut sendOut, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(sendOut);
        return sendOut.Story is not null && sendOut.Purpose switch
        {
            SendOutPurpose.EmbargoTeaser => false,
            SendOutPurpose.EmbargoContent => sendOut.Story.EmbargoUntil is null || sendOut.Story.EmbargoUntil > at,
            _ => sendOut.Story.EmbargoUntil > at,
        };
    }

    /// <summary>Who accepted an embargo until one moment has not accepted a later one; an earlier end, or none, is within what was accepted.</summary>
    /// <param name="until">The end that the story has now.</param>
    public static bool Covers(DateTime? acceptedUntil, DateTime? until) => until is null || acceptedUntil >= until;
}
