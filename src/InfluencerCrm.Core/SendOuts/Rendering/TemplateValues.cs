using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>Everything a template may say to one person; stored with the message so that rendering it again gives the same mail.</summary>
public sealed record TemplateValues
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Lives in a column, never inside HTML: accents stay readable and short.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required InfluencerValues Influencer { get; init; }

    public RecipientValues Recipient { get; init; } = new();

    public RelationshipValues Relationship { get; init; } = new();

    public OutletValues Outlet { get; init; } = new();

    public StoryValues Story { get; init; } = new();

    public CampaignValues Campaign { get; init; } = new();

    public ClientValues Client { get; init; } = new();

    public SenderValues Sender { get; init; } = new();

    public IReadOnlyList<AssetValues> Assets { get; init; } = [];

    public EmbargoValues Embargo { get; init; } = new();

    public string? UnsubscribeUrl { get; init; }

    /// <summary>IANA zone in which dates are shown, normally the recipient's; not a variable. Unknown or null: UTC.</summary>
    public string? TimeZone { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static TemplateValues FromJson(string json) =>
        JsonSerializer.Deserialize<TemplateValues>(json, Json) ?? throw new JsonException("The stored template values are null.");
}

/// <summary><c>influencer.*</c></summary>
public sealed record InfluencerValues
{
    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? DisplayName { get; init; }

    public string? City { get; init; }

    public string? Country { get; init; }

    public string? Language { get; init; }
}

/// <summary><c>recipient.*</c>: what was written for this person on the media list.</summary>
public sealed record RecipientValues
{
    public string? PersonalLine { get; init; }

    public string? Angle { get; init; }
}

/// <summary><c>relationship.*</c></summary>
public sealed record RelationshipValues
{
    public string? Salutation { get; init; }

    /// <summary><c>tu</c> or <c>vous</c>.</summary>
    public string? Formality { get; init; }
}

/// <summary><c>outlet.*</c>: the person's primary outlet.</summary>
public sealed record OutletValues
{
    public string? Name { get; init; }

    public string? Kind { get; init; }

    public string? Url { get; init; }

    public string? Language { get; init; }

    public string? Country { get; init; }
}

/// <summary><c>story.*</c>, in the variant's language.</summary>
public sealed record StoryValues
{
    public string? Title { get; init; }

    public string? Angle { get; init; }

    public string? Kind { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? EmbargoUntil { get; init; }

    /// <summary>Markdown of our own team: formatted when it stands alone in its braces, text as soon as a filter touches it.</summary>
    public string? Body { get; init; }
}

/// <summary><c>embargo.*</c></summary>
public sealed record EmbargoValues
{
    /// <summary>Where the recipient of a teaser answers; null in every other mail.</summary>
    public string? Link { get; init; }
}

/// <summary><c>campaign.*</c></summary>
public sealed record CampaignValues
{
    public string? Name { get; init; }
}

/// <summary><c>client.*</c></summary>
public sealed record ClientValues
{
    public string? Name { get; init; }

    public string? Website { get; init; }

    /// <summary>Markdown of our own team, as <see cref="StoryValues.Body"/>.</summary>
    public string? Boilerplate { get; init; }
}

/// <summary><c>sender.*</c></summary>
public sealed record SenderValues
{
    public string? Name { get; init; }

    public string? Title { get; init; }

    public string? Email { get; init; }
}

/// <summary>One file behind a link: <c>{% for asset in assets %}[{{ asset.name }}]({{ asset.url }}){% endfor %}</c>.</summary>
public sealed record AssetValues
{
    public required string Name { get; init; }

    public required string Url { get; init; }
}
