using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Access;

/// <summary>The scope's actor: one DI scope is one unit of work is one actor. Nobody until somebody signs in.</summary>
public sealed class CurrentActor
{
    public Actor? Actor { get; private set; }

    /// <exception cref="Forbidden">Nobody is signed in.</exception>
    public Actor Required => Actor ?? throw new Forbidden("Nobody is signed in.");

    public void Become(Actor actor) => Actor = actor;

    /// <summary>Nobody acts any more.</summary>
    public void Leave() => Actor = null;
}
