using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Access;

/// <summary>Who acts in this scope and what they may see: loaded once when a request, UI action or worker tick begins.</summary>
public sealed record Actor
{
    /// <summary>The product itself: workers, imports, start-up. Sees and writes everything.</summary>
    public static Actor System { get; } = new() { Rights = Right.All, IsSystem = true, SeesAllClients = true };

    /// <summary>The user who acts; null for the product itself.</summary>
    public int? UserId { get; init; }

    /// <summary>The key the request came with; null for a browser session.</summary>
    public int? ApiKeyId { get; init; }

    public required Right Rights { get; init; }

    public bool IsSystem { get; init; }

    /// <summary>True for admins and the product itself: no wall, no confidential campaign hides anything.</summary>
    public bool SeesAllClients { get; init; }

    /// <summary>Clients whose rows the actor sees as a member.</summary>
    public IReadOnlyList<int> ClientIds { get; init; } = [];

    /// <summary>Confidential campaigns the actor is no member of: they, and rows that bear their id, do not exist for the actor.</summary>
    public IReadOnlyList<int> HiddenCampaignIds { get; init; } = [];

    public bool Can(Right right) => (Rights & right) == right;

    /// <exception cref="Forbidden">The actor lacks the right.</exception>
    public void Require(Right right)
    {
        if (!Can(right))
        {
            throw new Forbidden($"This takes the right \"{right}\", which your role or your key's scopes do not give.");
        }
    }
}
