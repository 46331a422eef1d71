namespace InfluencerCrm.Core.Work;

/// <summary>How long to wait before something that failed is tried again.</summary>
public static class BackOff
{
    /// <summary>Doubled with each failure, so that the shift never leaves the number.</summary>
    private const int MostDoublings = 20;

    /// <param name="failures">In a row; 1 or more.</param>
    /// <param name="first">After the first; doubled with each further one.</param>
    /// <param name="longest">Never more than this.</param>
    public static TimeSpan After(int failures, TimeSpan first, TimeSpan longest)
    {
        var wait = first * (1 << Math.Clamp(failures - 1, 0, MostDoublings));
        return wait < longest ? wait : longest;
    }
}
