using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Outlets;

namespace InfluencerCrm.Core.Demo;

/// <summary>How a person earns their place in the file.</summary>
internal enum DemoRole
{
    Staff,
    Desk,
    Freelance,
    Chief,
    Blogger,
    Creator,
    Expert,
    Stakeholder,
}

/// <summary>A person of the sample while the agency is written.</summary>
internal sealed class DemoPerson(DemoRole role, string display)
{
    public DemoRole Role { get; } = role;

    public string Display { get; } = display;

    public string? First { get; init; }

    public string? Last { get; init; }

    /// <summary>What stands before the @, where the name gives no Latin letters.</summary>
    public string? Local { get; init; }

    public bool Woman { get; init; }

    public required string Country { get; init; }

    public required string Language { get; init; }

    public string City { get; set; } = "";

    public string? Bio { get; set; }

    public string? About { get; set; }

    /// <summary>The name of the blog, newsletter or channel.</summary>
    public string? Title { get; set; }

    /// <summary>Numbers of the source file; the first ones are the main ones.</summary>
    public List<int> Topics { get; } = [];

    public int? Refused { get; set; }

    public List<DemoJob> Jobs { get; } = [];

    public List<ContactPoint> Points { get; } = [];

    public bool NoEmail { get; set; }

    public bool Contacted { get; set; }

    /// <summary>Has a part in a planted moment: is known, can be reached and has no objection.</summary>
    public bool Planted { get; init; }

    /// <summary>One of the fifth of people who hold most of the history.</summary>
    public bool Warm { get; set; }

    public bool Tutoie { get; set; }

    public bool DoNotContact { get; set; }

    public string? OpposedTo { get; set; }

    public DateTime? AwayUntil { get; set; }

    public DemoPerson? Delegate { get; set; }

    public bool Duplicate { get; init; }

    public Influencer Row { get; set; } = null!;

    public int Id => Row.Id;

    public bool MayBeMailed(string client) => !NoEmail && !DoNotContact && OpposedTo != client && AwayUntil is null && Row.Email is not null;

    public bool Follows(IEnumerable<int> topics) => topics.Any(t => t != Refused && Topics.Contains(t));

    public DemoOutlet? Outlet => Jobs.Find(j => j.To is null)?.Outlet;
}

/// <summary>A role at an outlet.</summary>
internal sealed record DemoJob(DemoOutlet Outlet, string Function, string? Beat, Employment Employment, DateTime From, DateTime? To);
