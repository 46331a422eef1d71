using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.SendOuts.Rendering;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>The template values all recipients of a send-out share, by language.</summary>
internal sealed class SharedValues(SendOut sendOut, MailSender sender)
{
    private readonly Dictionary<string, TemplateValues> byLanguage = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock gate = new();

    /// <summary>
    /// The language of templates that name none: the one story version that no variant speaks for, else the client's first language, else English.
    /// </summary>
    public string DefaultLanguage { get; } = DefaultOf(sendOut);

    /// <summary>
    /// The language a text is in, as far as anybody says it: its variant does, or the text shows the story's body, of which one version is
    /// left that no variant speaks for. What the client speaks is no word on what this text is written in.
    /// </summary>
    public string? LanguageOf(string? stated, string bodyTemplate) =>
        stated ?? (bodyTemplate.Contains("story.body", StringComparison.Ordinal) && LeftOf(sendOut) is [var left] ? left : null);

    /// <summary>The person's part is left empty.</summary>
    public TemplateValues In(string language)
    {
        lock (gate)
        {
            if (!byLanguage.TryGetValue(language, out var values))
            {
                byLanguage[language] = values = Make(language);
            }

            return values;
        }
    }

    private TemplateValues Make(string language)
    {
        var (story, client) = (sendOut.Story, sendOut.Client);
        var version = story is null ? null : Nearest(story.Versions, v => v.Language, language, DefaultLanguage) ?? story.Versions.OrderBy(v => v.Id).FirstOrDefault();
        return new TemplateValues
        {
            Influencer = new(),
            Story = story is null ? new() : new()
            {
                Title = version?.Title ?? story.Title,
                Angle = story.Angle,
                Kind = Words.Camel(story.Kind.ToString()),
                EmbargoUntil = story.EmbargoUntil,
                Body = version?.Body,
            },
            Campaign = new() { Name = sendOut.Campaign?.Name },
            Client = client is null ? new() : new() { Name = client.Name, Website = client.Website, Boilerplate = Boilerplate(client, language) },
            Sender = new() { Name = sender.Name.Length == 0 ? null : sender.Name, Email = sender.Address },
        };
    }

    private string? Boilerplate(Client client, string language)
    {
        var texts = client.Boilerplate.Values;
        return Nearest(texts, t => t.Key, language, DefaultLanguage) is { Value: string text } ? text : texts.Values.OfType<string>().FirstOrDefault();
    }

    private static string DefaultOf(SendOut sendOut)
    {
        var left = LeftOf(sendOut);
        return left.Count == 1 ? left[0] : sendOut.Client?.Languages.FirstOrDefault() ?? (left.Count > 0 ? left.Order(StringComparer.Ordinal).First() : "en");
    }

    /// <summary>Languages of the story that no variant speaks.</summary>
    private static List<string> LeftOf(SendOut sendOut)
    {
        var spoken = sendOut.Variants.Where(v => v.Language is not null).Select(v => Primary(v.Language!)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. (sendOut.Story?.Versions ?? []).Select(v => v.Language).Where(l => !spoken.Contains(Primary(l)))];
    }

    /// <summary>The exact language, else one that differs in its region only; for the first language that has either.</summary>
    internal static T? Nearest<T>(IEnumerable<T> items, Func<T, string> languageOf, params ReadOnlySpan<string> languages)
    {
        var all = items.ToList();
        foreach (var language in languages)
        {
            var exact = all.FindIndex(i => string.Equals(languageOf(i), language, StringComparison.OrdinalIgnoreCase));
            var near = exact >= 0 ? exact : all.FindIndex(i => string.Equals(Primary(languageOf(i)), Primary(language), StringComparison.OrdinalIgnoreCase));
            if (near >= 0)
            {
                return all[near];
            }
        }

        return default;
    }

    internal static string Primary(string language) => language.Split('-')[0];
}
