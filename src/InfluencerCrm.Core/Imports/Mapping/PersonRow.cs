namespace InfluencerCrm.Core.Imports.Mapping;

/// <summary>One person as a file gives it, cleaned. Null and empty lists: the file says nothing about it.</summary>
public sealed record PersonRow
{
    public required int Line { get; init; }

    public required string DisplayName { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    /// <summary>A row of a newsroom: no name, and none but shared addresses.</summary>
    public bool IsDesk { get; init; }

    /// <summary>In the file's order, each address once.</summary>
    public IReadOnlyList<PersonEmail> Emails { get; init; } = [];

    /// <summary>See <see cref="Influencers.PhoneText"/>.</summary>
    public IReadOnlyList<string> Phones { get; init; } = [];

    /// <summary>The same numbers as the file spells them: so they may stand in the database.</summary>
    public IReadOnlyList<string> PhonesAsWritten { get; init; } = [];

    /// <summary>The contract's word: <c>journalist</c>, <c>blogger</c>, <c>expert</c>, <c>creator</c> or <c>stakeholder</c>.</summary>
    public string? Kind { get; init; }

    public string? Outlet { get; init; }

    public string? Function { get; init; }

    public string? Beat { get; init; }

    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    public string? City { get; init; }

    /// <summary>BCP 47; the first of several.</summary>
    public string? Language { get; init; }

    public IReadOnlyList<string> Languages { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    public string? Bio { get; init; }

    public string? Notes { get; init; }

    public string? Url { get; init; }

    public string? Blog { get; init; }

    public string? Twitter { get; init; }

    /// <summary>True: the file states an opposition. False states nothing and lifts nothing.</summary>
    public bool DoNotContact { get; init; }

    /// <summary>What stood in the column, where it is more than "yes".</summary>
    public string? DoNotContactReason { get; init; }

    public string? Source { get; init; }

    /// <summary>The first address that is the person's own: the only one by which a row may be matched.</summary>
    public PersonEmail? OwnEmail
    {
        get
        {
            foreach (var email in Emails)
            {
                if (!email.IsShared)
                {
                    return email;
                }
            }

            return null;
        }
    }
}
