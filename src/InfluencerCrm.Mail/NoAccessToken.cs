namespace InfluencerCrm.Mail;

/// <summary>There is no access token to sign in with.</summary>
internal sealed class NoAccessToken(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The endpoint answered, and will not give one until somebody changes the settings; false: it may do so later.</summary>
    public bool IsRefusal { get; init; }
}
