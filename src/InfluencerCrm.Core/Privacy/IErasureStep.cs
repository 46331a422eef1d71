namespace InfluencerCrm.Core.Privacy;

/// <summary>
/// What one part of the product does when a person is erased. All steps run in one transaction, as the product itself; audit entries
/// about the person are blanked after the last one, so a step may change rows by the change tracker or past it.
/// A part that holds anything on people adds a class here and needs no registration: messages (address, subject, body; queued ones
/// are cancelled), suppressions (the address stays as a keyed hash), import rows, list members (angle, personal line), agreements and
/// promises, inbound mail, webhook deliveries that carry the person, and the <c>influencer.erased</c> event.
/// </summary>
public interface IErasureStep
{
    /// <summary>Low goes first. Steps that need the person's addresses (suppression hashes, queued mail) take a negative number; the person and the addresses go at 0.</summary>
    int Order => 0;

    Task EraseAsync(int influencerId, CancellationToken ct);
}
