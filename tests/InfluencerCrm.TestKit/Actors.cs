using InfluencerCrm.Core.Access;

namespace InfluencerCrm.TestKit;

/// <summary>Who acts in a test.</summary>
public static class Actors
{
    public static Actor Admin { get; } = new() { Rights = Right.All, SeesAllClients = true };

    public static Actor Reader { get; } = new() { Rights = Rights.Of(Role.Reader) };

    /// <summary>A PR officer, member of these clients.</summary>
    public static Actor Officer(params int[] clients) => new() { Rights = Rights.Of(Role.PrOfficer), ClientIds = clients };
}
