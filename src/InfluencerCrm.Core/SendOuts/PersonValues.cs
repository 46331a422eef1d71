using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using InfluencerCrm.Core.SendOuts.Rendering;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>The embargo that one mail asks its recipient to accept.</summary>
/// <param name="Secret">128 random bits in hexadecimal: in the link to the page that takes the answer, and nowhere else. The message's token is in every mail program's headers, and opts out only.</param>
/// <param name="Until">UTC: the end of the embargo as it was when the mail was written; null: no date was set.</param>
public sealed record EmbargoRequest(string Secret, DateTime? Until);

/// <summary>
/// What a message keeps of its template values: the part that is this person's alone. The story's text, the client and the sender are
/// the same for all, and stay on their own rows: a story's versions do not change while a send-out of it is under way.
/// </summary>
public sealed record PersonValues
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required InfluencerValues Influencer { get; init; }

    public RecipientValues? Recipient { get; init; }

    public RelationshipValues? Relationship { get; init; }

    public OutletValues? Outlet { get; init; }

    /// <summary>BCP 47, the preferred one first; for words that the product adds to a text of unknown language.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>IANA zone in which dates are shown.</summary>
    public string? TimeZone { get; init; }

    /// <summary>In an embargo's teaser: which embargo it asks for.</summary>
    public EmbargoRequest? Embargo { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static PersonValues FromJson(string json) =>
        JsonSerializer.Deserialize<PersonValues>(json, Json) ?? throw new JsonException("The stored values of the message are null.");
}
