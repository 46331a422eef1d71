using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Mail.Tests;

internal static class TestMails
{
    public static OutgoingMail Plain(string token = "1f3a9c0de4b75a6812345678") => new()
    {
        InternetMessageId = $"{token}@mail.agency.example",
        Date = new DateTime(2026, 3, 2, 8, 15, 30, DateTimeKind.Utc),
        FromName = "Léa Martin",
        FromAddress = "lea@agency.example",
        EnvelopeFrom = $"bounce+{token}@mail.agency.example",
        ReplyTo = "press@agency.example",
        ToName = "Jörg Müller",
        ToAddress = "joerg@paper.example",
        Subject = "Étude : l’énergie en 2026",
        TextBody = "Bonjour Jörg,\n\nvoici l’étude.\n",
        HtmlBody = "<p>Bonjour Jörg,</p><p>voici l’étude.</p>",
        Language = "fr",
        UnsubscribeUrl = $"https://crm.agency.example/u/{token}",
    };
}
