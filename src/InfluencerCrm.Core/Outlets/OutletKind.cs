namespace InfluencerCrm.Core.Outlets;

/// <summary>What sort of medium an outlet is.</summary>
public enum OutletKind
{
    Newspaper,
    Magazine,
    NewsAgency,
    Website,
    Blog,
    Podcast,
    Newsletter,
    Tv,
    Radio,
    Channel,
    Institution,
}

/// <summary>Which part of an outlet a row stands for.</summary>
public enum OutletUnit
{
    Outlet,
    Desk,
    Bureau,
    Programme,
    Supplement,
    Edition,
}

/// <summary>Whom an outlet speaks to.</summary>
public enum OutletScope
{
    National,
    Regional,
    Local,
    Trade,
}
