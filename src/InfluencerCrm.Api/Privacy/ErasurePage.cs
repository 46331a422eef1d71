using InfluencerCrm.Core.Privacy;

namespace InfluencerCrm.Api.Privacy;

/// <summary>The page behind the link that confirms an erasure: one button, or what became of it.</summary>
internal static class ErasurePage
{
    public static string Of(ErasureState state, ErasureWords words, string nonce)
    {
        var (title, body) = state switch
        {
            ErasureState.Open => (words.Title, $"<p>{words.Intro}</p><form method=\"post\"><button type=\"submit\">{words.Confirm}</button></form>"),
            ErasureState.Done => (words.DoneTitle, $"<p role=\"status\">{words.Done}</p>"),
            ErasureState.Expired => (words.ExpiredTitle, $"<p>{words.Expired}</p>"),
            _ => (words.UnknownTitle, $"<p>{words.Unknown}</p>"),
        };
        return PublicPage.Whole(words.Language, title, body, nonce);
    }
}
