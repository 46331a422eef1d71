using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>What planning needs to know of one person.</summary>
public sealed record Recipient
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public required PersonValues Values { get; init; }

    /// <summary>Languages the person reads, the preferred one first.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    public Formality? Formality { get; init; }

    /// <summary>E-mail addresses, the one to be used first.</summary>
    public IReadOnlyList<RecipientAddress> Addresses { get; init; } = [];

    public string? PreferredChannel { get; init; }

    public DateTime? AwayUntil { get; init; }

    public bool DoNotContact { get; init; }

    /// <summary>The first address that may be mailed and is not known to be dead, else the first that may be mailed.</summary>
    public RecipientAddress? Address
    {
        get
        {
            RecipientAddress? first = null;
            for (var i = 0; i < Addresses.Count; i++)
            {
                var address = Addresses[i];
                if (address.Use == ContactUse.Mailing)
                {
                    if (address.Status is EmailStatus.Unknown or EmailStatus.Valid)
                    {
                        return address;
                    }

                    first ??= address;
                }
            }

            return first;
        }
    }

    /// <summary>
    /// Reached by somebody of the team instead of by mail: there is no address for mailings, and either an address that is for letters
    /// written by hand, or another channel the person prefers.
    /// </summary>
    public bool IsReachedByHand =>
        Address is null
        && (Addresses.Any(a => a.Use == ContactUse.PersonalOnly)
            || (!string.IsNullOrWhiteSpace(PreferredChannel) && !PreferredChannel.Replace("-", "", StringComparison.Ordinal).Equals("email", StringComparison.OrdinalIgnoreCase)));
}

/// <summary>One e-mail address of a person.</summary>
public sealed record RecipientAddress(string Value, string Key, ContactUse Use, EmailStatus Status, bool Shared);
