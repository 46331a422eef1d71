using System.Text.Json.Nodes;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>What members that mean the same in every row are described with, and what their values look like.</summary>
internal static class MemberWords
{
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["id"] = "Key of the row.",
        ["version"] = "Changes with every write; the ETag holds it.",
        ["createdAt"] = "When the row was made.",
        ["updatedAt"] = "When it was last written.",
        ["archivedAt"] = "When it was archived; empty while it is in use.",
        ["influencerId"] = "The person.",
        ["clientId"] = "The client whose row it is; empty: the agency's own.",
        ["campaignId"] = "The campaign it belongs to.",
        ["storyId"] = "The story it is about.",
        ["outletId"] = "The outlet.",
        ["userId"] = "The user.",
        ["topicId"] = "The topic.",
        ["platformId"] = "The platform.",
        ["sendOutId"] = "The send-out.",
        ["mediaListId"] = "The media list.",
        ["messageId"] = "The message.",
        ["requestId"] = "The journalist's request.",
        ["coverageId"] = "The published piece.",
        ["email"] = "E-mail address.",
        ["name"] = "Name.",
    };

    private static readonly Dictionary<string, JsonNode> Examples = new()
    {
        ["displayName"] = "Zoé Lefèvre",
        ["firstName"] = "Zoé",
        ["lastName"] = "Lefèvre",
        ["email"] = "zoe.lefevre@example.org",
        ["toAddress"] = "zoe.lefevre@example.org",
        ["fromAddress"] = "press@agency.example.org",
        ["fromName"] = "Press office",
        ["phone"] = "+33 1 23 45 67 89",
        ["country"] = "FR",
        ["city"] = "Lyon",
        ["language"] = "fr",
        ["languages"] = new JsonArray("fr", "en"),
        ["timeZone"] = "Europe/Paris",
        ["tags"] = new JsonArray("energy"),
        ["events"] = new JsonArray("interaction.created"),
        ["url"] = "https://www.example.org/batteries",
        ["website"] = "https://www.example.org",
        ["photoUrl"] = "https://www.example.org/zoe.jpg",
        ["handle"] = "zoelefevre",
        ["subject"] = "Home batteries",
        ["title"] = "Home batteries pay off sooner",
        ["beat"] = "energy",
        ["function"] = "reporter",
        ["localTimeOfDay"] = "09:30:00",
        ["notes"] = "Wants figures for the winter.",
        ["weight"] = 0.8,
        ["value"] = "zoe.lefevre@example.org",
        ["utmCampaign"] = "batteries",
        ["scopes"] = "read,write",
    };

    public static string? TextOf(string member) => Texts.GetValueOrDefault(member);

    public static JsonNode? ExampleOf(string member) => Examples.GetValueOrDefault(member)?.DeepClone();
}
