using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Privacy;

/// <summary>
/// An address or person that must not be mailed: by anyone here, or for one client. Never deleted; no import, merge or edit lifts it.
/// The wall hides a client's suppressions from readers only: what decides whether a mail may leave looks behind <see cref="Filters.Wall"/>.
/// </summary>
[Access(Right.WriteContacts)]
public sealed class Suppression : Entity, IClientOwned
{
    private Suppression()
    {
    }

    /// <exception cref="RuleViolation">Neither an address nor a person, or a client where none belongs.</exception>
    public Suppression(string? address, byte[]? addressHash, int? influencerId, SuppressionScope scope, int? clientId, SuppressionReason reason, string? source)
    {
        if (addressHash is null && influencerId is null)
        {
            throw new RuleViolation("required", "A suppression names an address or a person.", "address");
        }

        if (scope == SuppressionScope.Client != clientId is not null)
        {
            throw new RuleViolation("scopeAndClient", "clientId is given when, and only when, the scope is client.", "clientId");
        }

        Address = address;
        AddressHash = addressHash;

        // A dead address says nothing of the person, who may have others.
        InfluencerId = reason == SuppressionReason.Bounce && addressHash is not null ? null : influencerId;
        Scope = scope;
        ClientId = clientId;
        Reason = reason;
        Source = source;
    }

    /// <summary>In normal form; empty after an erasure.</summary>
    public string? Address { get; private set; }

    /// <summary>Keyed hash of the address in normal form: still recognises it when the address itself is gone.</summary>
    public byte[]? AddressHash { get; private set; }

    /// <summary>The person who opposes; empty where only an address is bound, as by a bounce.</summary>
    public int? InfluencerId { get; private set; }

    public SuppressionScope Scope { get; private set; }

    public int? ClientId { get; private set; }

    public SuppressionReason Reason { get; private set; }

    /// <summary>Where it comes from: a message, an import, a user's words.</summary>
    public string? Source { get; private set; }

    /// <summary>When it was lifted; empty while it stands.</summary>
    public DateTime? LiftedAt { get; private set; }

    /// <summary>The admin who lifted it; empty where the address of a bounce wrote to us.</summary>
    public int? LiftedById { get; private set; }

    /// <summary>Why it was lifted.</summary>
    public string? LiftReason { get; private set; }

    internal void Lift(int? userId, string reason, DateTime now)
    {
        if (LiftedAt is not null)
        {
            throw new Conflict("wrongState", "The suppression was lifted before.");
        }

        LiftedAt = now;
        LiftedById = userId;
        LiftReason = reason;
    }

    /// <summary>Keeps the hash and forgets the address.</summary>
    internal void Blank()
    {
        Address = null;
        Source = null;
        LiftReason = null;
    }
}
