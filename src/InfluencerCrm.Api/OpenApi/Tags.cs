using Microsoft.OpenApi;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>The groups of operations, in the order in which a reader meets them.</summary>
internal static class Tags
{
    private static readonly string[] First =
    [
        "influencers", "contactPoints", "relationships", "interactions", "topics", "outlets", "affiliations", "platforms", "presences",
        "clients", "campaigns", "stories", "embargoAgreements", "promises", "mediaLists", "sendOuts", "messages", "senderAccounts", "suppressions",
        "coverage", "requests", "tasks", "feeds", "watches", "imports", "importPresets",
    ];

    private static readonly Dictionary<string, string> Texts = new()
    {
        ["exports"] = "Tables as files, and what is held on a person.",
        ["privacy"] = "Erasing a person.",
        ["archive"] = "The whole installation as one file, out and in.",
        ["session"] = "Signing in and out, for browsers. Tools use an API key.",
        ["health"] = "Whether the product answers, for those who watch over it.",
        [ServicePaths.Tag] = "The OData service as a whole: its sets, its metadata, batches.",
        [EventPaths.Tag] = "What webhooks are sent; see api-docs/webhooks.md.",
    };

    public static IEnumerable<OpenApiTag> Of(OpenApiDocument document)
    {
        var used = document.Paths.Values.Concat(document.Webhooks?.Values ?? Enumerable.Empty<IOpenApiPathItem>()).SelectMany(p => p.Operations!.Values).SelectMany(o => o.Tags!).Select(t => t.Name!).Distinct().ToList();
        var controllers = ODataPaths.Sets().ToDictionary(s => s.Set.Name, s => s.Controller);
        return used.OrderBy(t => First.Contains(t) ? Array.IndexOf(First, t) : controllers.ContainsKey(t) ? First.Length : First.Length + 1).ThenBy(t => t, StringComparer.Ordinal)
            .Select(t => new OpenApiTag
            {
                Name = t,
                Description = Texts.GetValueOrDefault(t) ?? (controllers.TryGetValue(t, out var controller) ? XmlDocs.Of(controller) ?? XmlDocs.Of(OData.EdmTypes.ClrTypeOf(OData.CrmEdm.Model.EntityContainer.FindEntitySet(t).EntityType)) : null)
                    ?? throw new InvalidOperationException($"The tag {t} is not described."),
            });
    }
}
