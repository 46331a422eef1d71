namespace InfluencerCrm.Core.Access;

/// <summary>Section <c>Http</c>: what the web server accepts.</summary>
public sealed class HttpOptions
{
    /// <summary>Takes API keys over plain HTTP from other machines too; only for networks you trust.</summary>
    public bool AllowInsecure { get; set; }
}
