namespace InfluencerCrm.Core.Demo;

/// <summary>What decides the content of the sample agency: the same day and seed give the same people, mails and pieces.</summary>
public sealed record DemoOptions
{
    /// <summary>The day everything is dated from, in Paris.</summary>
    public required DateOnly Today { get; init; }

    public int Seed { get; init; } = 1924;

    /// <summary>The day it is in Paris, where the agency sits.</summary>
    public static DateOnly TodayOf(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).DateTime);
    }
}

/// <summary>How to get into the sample agency; made anew for each installation and shown once.</summary>
/// <param name="AdminEmail">The managing partner, who sees everything.</param>
/// <param name="Emails">Everybody who can sign in, the admin first.</param>
/// <param name="Password">The same for all of them.</param>
/// <param name="ApiKey">The admin's key.</param>
public sealed record DemoSignIn(string AdminEmail, IReadOnlyList<string> Emails, string Password, string ApiKey);
