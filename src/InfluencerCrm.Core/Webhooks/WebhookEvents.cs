using InfluencerCrm.Core.Changes;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Webhooks;

/// <summary>The events that webhooks are told of, and which a change raises.</summary>
public static class WebhookEvents
{
    public const string Ping = "ping";

    public const string InfluencerErased = "influencer.erased";

    /// <summary>What a plain change of a row is called; sets that are not here raise only what <see cref="FollowedSet"/> says.</summary>
    private static readonly Dictionary<string, string> Nouns = new()
    {
        ["interactions"] = "interaction",
        ["coverage"] = "coverage",
        ["influencers"] = "influencer",
        ["requests"] = "request",
    };

    /// <summary>More than a change, and told in its place.</summary>
    private static readonly string[] Instead = [InfluencerErased, "influencer.deleted"];

    public static IReadOnlyList<string> All { get; } =
    [
        .. Nouns.Values.SelectMany(n => Enum.GetValues<ChangeKind>().Select(k => NameOf(n, k)))
            .Concat(FollowedSet.All.SelectMany(s => s.Events).Select(e => e.Name)).Distinct().Order(StringComparer.Ordinal),
    ];

    public static IEnumerable<string> Of(Change change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (Nouns.TryGetValue(change.Entity, out var noun) && !Instead.Contains(change.Event))
        {
            yield return NameOf(noun, change.Kind);
        }

        if (change.Event is { } raised)
        {
            yield return raised;
        }
    }

    /// <exception cref="RuleViolation">A name is not one.</exception>
    internal static List<string> Check(List<string> names)
    {
        var unknown = names.Find(n => !All.Contains(n));
        return unknown is null
            ? names
            : throw new RuleViolation("unknownEvent", $"events: there is no event {unknown}. There are {string.Join(", ", All)}.", "events");
    }

    private static string NameOf(string noun, ChangeKind kind) => $"{noun}.{Data.Words.Camel(kind.ToString())}";
}
