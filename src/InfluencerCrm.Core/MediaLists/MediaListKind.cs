namespace InfluencerCrm.Core.MediaLists;

/// <summary>How a list gets its people.</summary>
public enum MediaListKind
{
    /// <summary>Chosen one by one.</summary>
    Static,

    /// <summary>Whoever a saved filter finds at the time.</summary>
    Dynamic,
}
