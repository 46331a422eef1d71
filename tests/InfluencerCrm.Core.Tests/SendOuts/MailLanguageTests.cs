using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Rendering;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.TestKit;

namespace InfluencerCrm.Core.Tests.SendOuts;

/// <summary>The words the product adds follow the reader; what the mail says of itself follows its text.</summary>
public sealed class MailLanguageTests : DatabaseTest
{
    [Theory]
    [InlineData("fr", "de", "es", "fr", "fr")]
    [InlineData(null, "de-AT", "es", "de", null)]
    [InlineData(null, "ca es", "fr", "es", null)]
    [InlineData(null, "ja", "fr", "fr", null)]
    [InlineData(null, "", "it", "it", null)]
    [InlineData(null, "", "", "en", null)]
    [InlineData("ja", "ja fr", "de", "fr", "ja")]
    public async Task TheUnsubscribeLine_IsInTheVariantsLanguage_ElseThePersons_ElseTheClients(string? variant, string person, string client, string line, string? header)
    {
        var mails = await MailsAsync(variant, "Hello", client);

        var mail = Compose(mails, person);

        Assert.Contains(Words(line), mail.TextBody, StringComparison.Ordinal);
        Assert.Equal(header, mail.Language);
    }

    [Theory]
    [InlineData("{{ story.body }}", "de")]
    [InlineData("We have news.", null)]
    public async Task AMailThatShowsTheStorysOnlyVersion_IsInItsLanguage(string body, string? header)
    {
        var story = await Database.AddAsync(new Story("A battery", StoryKind.Release), Ct);
        var version = new StoryVersion("de", "Eine Batterie", "Sie hält.");
        version.AttachTo(story.Id);
        await Database.AddAsync(version, Ct);
        var mails = await MailsAsync(null, body, "es", story.Id);

        var mail = Compose(mails, "fr");

        Assert.Equal(header, mail.Language);
        Assert.Contains(Words("fr"), mail.TextBody, StringComparison.Ordinal);
    }

    private static string Words(string language)
    {
        var parts = MailParts.Begin();
        UnsubscribeLine.Append(parts, language, null, "https://x.example");
        return parts.Text.ToString().Trim().Split(" (")[0];
    }

    private static OutgoingMail Compose(SendOutMails mails, string person)
    {
        var variant = mails.SendOut.Variants.Single();
        var values = new PersonValues { Influencer = new(), Languages = person.Split(' ', StringSplitOptions.RemoveEmptyEntries) };
        return mails.Compose(new Message(mails.SendOut, new MessagePlan
        {
            InfluencerId = 1,
            Channel = MessageChannel.Email,
            ToAddress = "ana@example.org",
            VariantId = variant.Id,
            Values = values.ToJson(),
            DueAt = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc),
        }));
    }

    private async Task<SendOutMails> MailsAsync(string? language, string body, string client, int? story = null)
    {
        var languages = client.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var owner = await Database.AddAsync(Client.Create(new() { Name = "Voltis", Languages = languages }), Ct);
        var sendOut = await Database.AddAsync(
            SendOut.Create(new() { Name = "Spring", ClientId = owner.Id, StoryId = story, FromAddress = "press@agency.example", SubjectTemplate = "s", BodyTemplate = body }), Ct);
        var variant = SendOutVariant.Create(new() { Language = language, SubjectTemplate = "s", BodyTemplate = body });
        variant.AttachTo(sendOut.Id);
        await Database.AddAsync(variant, Ct);
        await using var admin = Database.As(Actors.Admin);
        return await admin.Get<LoadMails>().ExecuteAsync(sendOut.Id, Ct);
    }
}
