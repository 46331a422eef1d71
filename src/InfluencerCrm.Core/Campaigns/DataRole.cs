namespace InfluencerCrm.Core.Campaigns;

/// <summary>What the team is, in the GDPR's words, for the personal data it handles for a client.</summary>
public enum DataRole
{
    Controller,
    Processor,
}
