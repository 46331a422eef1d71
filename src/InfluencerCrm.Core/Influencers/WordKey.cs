using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Influencers;

/// <summary>The form in which headings and names of a closed set are compared: <c>E-mail</c>, <c>e mail</c> and <c>EMAIL</c> are one.</summary>
internal static class WordKey
{
    public static string Of(string? text)
    {
        var folded = SearchText.Normalise(text);
        Span<char> letters = folded.Length <= 256 ? stackalloc char[256] : new char[folded.Length];
        var length = 0;
        foreach (var c in folded)
        {
            if (char.IsLetterOrDigit(c))
            {
                letters[length++] = c;
            }
        }

        return length == folded.Length ? folded : new string(letters[..length]);
    }
}
