namespace InfluencerCrm.Core.Access;

/// <summary>Section <c>Http</c>: what the web server accepts.</summary>
public sealed class HttpOptions
{
    /// <summary>Takes API keys over plain HTTP from other machines too; only for networks you trust.</summary>
    public bool AllowInsecure { get; set; }
}

/// <summary>Section <c>Bootstrap</c>: the first user of an empty installation; ignored afterwards.</summary>
public sealed class BootstrapOptions
{
    public string? AdminEmail { get; set; }

    public string? AdminPassword { get; set; }

    /// <summary>Taken as the whole key of the first admin; 32 characters or more.</summary>
    public string? ApiKey { get; set; }
}
