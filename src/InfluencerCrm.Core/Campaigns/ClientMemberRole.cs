namespace InfluencerCrm.Core.Campaigns;

/// <summary>What a user is in a client's team.</summary>
public enum ClientMemberRole
{
    Lead,
    Member,
    Observer,
}
