namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>The allow-list: every name a template may use. What is not here is a problem when the template is parsed.</summary>
public static class TemplateVariables
{
    private static readonly Dictionary<string, Func<TemplateValues, object?>> Readers = new(StringComparer.Ordinal)
    {
        ["influencer.firstName"] = v => v.Influencer.FirstName,
        ["influencer.lastName"] = v => v.Influencer.LastName,
        ["influencer.displayName"] = v => v.Influencer.DisplayName,
        ["influencer.city"] = v => v.Influencer.City,
        ["influencer.country"] = v => v.Influencer.Country,
        ["influencer.language"] = v => v.Influencer.Language,
        ["recipient.personalLine"] = v => v.Recipient.PersonalLine,
        ["recipient.angle"] = v => v.Recipient.Angle,
        ["relationship.salutation"] = v => v.Relationship.Salutation,
        ["relationship.formality"] = v => v.Relationship.Formality,
        ["outlet.name"] = v => v.Outlet.Name,
        ["outlet.kind"] = v => v.Outlet.Kind,
        ["outlet.url"] = v => v.Outlet.Url,
        ["outlet.language"] = v => v.Outlet.Language,
        ["outlet.country"] = v => v.Outlet.Country,
        ["story.title"] = v => v.Story.Title,
        ["story.angle"] = v => v.Story.Angle,
        ["story.kind"] = v => v.Story.Kind,
        ["story.embargoUntil"] = v => v.Story.EmbargoUntil,
        ["story.body"] = v => MarkdownValue.From(v.Story.Body),
        ["campaign.name"] = v => v.Campaign.Name,
        ["client.name"] = v => v.Client.Name,
        ["client.website"] = v => v.Client.Website,
        ["client.boilerplate"] = v => MarkdownValue.From(v.Client.Boilerplate),
        ["sender.name"] = v => v.Sender.Name,
        ["sender.title"] = v => v.Sender.Title,
        ["sender.email"] = v => v.Sender.Email,
        ["embargo.link"] = v => v.Embargo.Link,
        ["assets"] = v => v.Assets,
        [UnsubscribeUrl] = v => v.UnsubscribeUrl,
    };

    internal const string UnsubscribeUrl = "unsubscribeUrl";

    /// <summary>As a template writes them: <c>influencer.firstName</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Readers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Members of one entry of <c>assets</c>.</summary>
    internal static IReadOnlyList<string> AssetMembers { get; } = ["name", "url"];

    internal static Func<TemplateValues, object?>? Reader(string name) => Readers.GetValueOrDefault(name);

    /// <summary>A local variable that took one of these names would hide the person's data from the rest of the template.</summary>
    internal static bool IsRoot(string name) => Names.Any(n => n == name || n.StartsWith(name + ".", StringComparison.Ordinal));

    /// <summary>The allowed name the author most likely meant, or null.</summary>
    internal static string? Nearest(string name, IEnumerable<string> candidates)
    {
        var wanted = Plain(name);
        var best = candidates
            .Select(c => (Name: c, Distance: Leaf(c) == wanted ? 0 : Distance(wanted, Plain(c))))
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Name is not null && best.Distance <= Math.Max(2, wanted.Length / 3) ? best.Name : null;
    }

    // first_name, FirstName and firstName are the same intention.
    private static string Plain(string name) => string.Concat(name.Where(c => c is not ('_' or '-'))).ToLowerInvariant();

    private static string Leaf(string name) => Plain(name[(name.LastIndexOf('.') + 1)..]);

    private static int Distance(string a, string b)
    {
        // Hostile names are long; the row below is only as long as an allowed name.
        if (a.Length > 100)
            return int.MaxValue;

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
