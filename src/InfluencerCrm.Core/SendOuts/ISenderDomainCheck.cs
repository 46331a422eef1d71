namespace InfluencerCrm.Core.SendOuts;

/// <summary>Port: whether the DNS lets receivers believe that mails come from their sender (SPF, DKIM, DMARC).</summary>
public interface ISenderDomainCheck
{
    /// <summary>
    /// What receivers may hold against the mails; empty where mails do not leave. Faults of the DNS are a warning too, not exceptions. Answers
    /// are some minutes old at most.
    /// </summary>
    Task<IReadOnlyList<SenderDomainWarning>> ExecuteAsync(SenderDomains domains, CancellationToken ct);
}

/// <summary>The domains that a mail shows to receivers, in lower case and as punycode.</summary>
/// <param name="From">Of the From header: the one that DMARC protects.</param>
/// <param name="ReturnPath">Of the envelope: the one that SPF looks at.</param>
/// <param name="MessageId">Of the Message-ID.</param>
public sealed record SenderDomains(string From, string ReturnPath, string MessageId);

/// <summary>One thing that makes receivers doubt the sender.</summary>
/// <param name="Code">Stable slug.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record SenderDomainWarning(string Code, string Message);
