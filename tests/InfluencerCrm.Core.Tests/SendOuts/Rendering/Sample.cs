using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using InfluencerCrm.Core.SendOuts.Rendering;

namespace InfluencerCrm.Core.Tests.SendOuts.Rendering;

/// <summary>One plausible person, and short ways to say "render this".</summary>
internal static class Sample
{
    public const string Unsubscribe = "https://crm.example/u/0f8fad5b";

    private static readonly MailTemplateOptions Bare = new() { AppendUnsubscribeLine = false };

    public static TemplateValues Values { get; } = new()
    {
        Influencer = new() { FirstName = "Ana", LastName = "Núñez", DisplayName = "Ana Núñez", City = "Paris", Country = "FR", Language = "fr" },
        Recipient = new() { PersonalLine = "Loved your piece on grids.", Angle = "storage" },
        Relationship = new() { Salutation = "Chère Ana", Formality = "tu" },
        Outlet = new() { Name = "Le Courant", Kind = "magazine", Url = "https://courant.example", Language = "fr", Country = "FR" },
        Story = new() { Title = "A battery", Angle = "price", Kind = "release", EmbargoUntil = new DateTime(2027, 3, 1, 13, 30, 0, DateTimeKind.Utc), Body = "**Lyon** – first line.\n\n- one\n- two" },
        Campaign = new() { Name = "Spring" },
        Client = new() { Name = "Voltis", Website = "https://voltis.example", Boilerplate = "About *Voltis*." },
        Sender = new() { Name = "Claire", Title = "PR", Email = "claire@agency.example" },
        Assets = [new() { Name = "Photo", Url = "https://files.example/1" }, new() { Name = "Kit", Url = "https://files.example/2" }],
        Embargo = new() { Link = "https://crm.example/embargo/0f8fad5b/1c2d" },
        UnsubscribeUrl = Unsubscribe,
        TimeZone = "Europe/Paris",
    };

    public static TemplateValues Named(string? firstName) => Values with { Influencer = Values.Influencer with { FirstName = firstName } };

    public static MailTemplate Template(string body, string language = "en", string subject = "Hello") =>
        MailTemplate.Parse(subject, body, language, Bare);

    public static RenderResult Render(string body, TemplateValues? values = null, string language = "en") =>
        Template(body, language).Render(values ?? Values);

    public static RenderedMail Mail(string body, TemplateValues? values = null, string language = "en")
    {
        var result = Render(body, values, language);
        Assert.Empty(result.Problems);
        return result.Mail!;
    }

    /// <summary>The mail's HTML without the document around it.</summary>
    public static string Html(string body, TemplateValues? values = null, string language = "en") => Inside(Mail(body, values, language).Html);

    public static string Text(string body, TemplateValues? values = null, string language = "en") => Mail(body, values, language).Text.TrimEnd('\n');

    public static string Subject(string template, TemplateValues? values = null) =>
        MailTemplate.Parse(template, "x", "en", Bare).Render(values ?? Values).Mail!.Subject;

    public static string Inside(string html) => Regex.Match(html, "<body>\n(.*)\n</body>", RegexOptions.Singleline).Groups[1].Value;

    public static IElement Body(string html) => new HtmlParser().ParseDocument(html).Body!;
}
