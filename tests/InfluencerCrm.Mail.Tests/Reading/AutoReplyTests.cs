using System.Globalization;
using InfluencerCrm.Core.Inbound;
using Xunit;

namespace InfluencerCrm.Mail.Tests.Reading;

public sealed class AutoReplyTests
{
    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Auto-Submitted: auto-replied; owner-email=\"claire@paper.example\"")]
    [InlineData("X-Autoreply: yes")]
    [InlineData("X-Autorespond: vacation")]
    [InlineData("Precedence: auto_reply")]
    [InlineData("X-Precedence: auto_reply")]
    public void AHeaderThatSaysSo_IsBelieved(string header) => Assert.Equal(InboundKind.AutoReply, ReadMails.Written("Merci de votre message.", headers: header).Kind);

    [Theory]
    [InlineData("Automatic reply: A battery")]
    [InlineData("Réponse automatique : A battery")]
    [InlineData("Absence du bureau : A battery")]
    [InlineData("Automatische Antwort: A battery")]
    [InlineData("Abwesenheitsnotiz: A battery")]
    [InlineData("Respuesta automática: A battery")]
    [InlineData("Risposta automatica: A battery")]
    [InlineData("Fuori sede: A battery")]
    [InlineData("Automatisch antwoord: A battery")]
    [InlineData("Afwezig: A battery")]
    [InlineData("Out of Office Re: A battery")]
    public void ASubjectOfAMachine_IsEnough(string subject) => Assert.Equal(InboundKind.AutoReply, ReadMails.Written("Bonjour.", subject).Kind);

    [Theory]
    [InlineData("I am out of the office until 16 March 2026 with limited access to my e-mail.", "2026-03-16")]
    [InlineData("Thank you for your email. I'm currently on annual leave, returning on March 16th. For urgent matters contact desk@paper.example.", "2026-03-16")]
    [InlineData("Bonjour,\n\nJe suis absente du bureau jusqu'au lundi 16 mars inclus. En cas d'urgence, merci de contacter la rédaction.", "2026-03-17")]
    [InlineData("Je suis actuellement en congés du 1er au 15 mars 2026. Je vous répondrai à mon retour.", "2026-03-15")]
    [InlineData("Actuellement en déplacement, je serai de retour le 16/03/2026. Pour toute urgence : redaction@paper.example", "2026-03-16")]
    [InlineData("Ich bin derzeit nicht im Büro und ab dem 16. März wieder erreichbar. In dringenden Fällen wenden Sie sich an desk@paper.example.", "2026-03-16")]
    [InlineData("Ich bin bis zum 16.03.2026 im Urlaub. Ihre E-Mail wird nicht weitergeleitet.", "2026-03-16")]
    [InlineData("Estoy fuera de la oficina hasta el 16 de marzo de 2026. Para temas urgentes, contacte con la redacción.", "2026-03-16")]
    [InlineData("Sono in ferie fino al 16 marzo 2026. Per urgenze contattare la redazione.", "2026-03-16")]
    [InlineData("Ik ben afwezig tot 16 maart 2026. Voor dringende zaken kunt u contact opnemen met de redactie.", "2026-03-16")]
    [InlineData("Ik ben met vakantie tot en met 15 maart. Bedankt voor uw bericht.", "2026-03-16")]
    [InlineData("Hola, estaré de vacaciones del 3 al 15 de marzo. Gracias.", "2026-03-15")]
    [InlineData("Votre message a bien été reçu. Ceci est un message automatique, merci de ne pas y répondre.", null)]
    [InlineData("I'm out of the office and will be back on Thursday.", "2026-03-05")]
    [InlineData("I am out of the office until 2026-03-16.", "2026-03-16")]
    [InlineData("I am out of the office until 5/6/2026.", null)]
    [InlineData("I am out of the office. For urgent matters call the desk.", null)]
    public void WordsOfAbsence_AreEnough_AndTheDateIsRead(string body, string? back)
    {
        var reading = ReadMails.Written(body);

        Assert.Equal(InboundKind.AutoReply, reading.Kind);
        Assert.Equal(back, reading.BackOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("Très intéressée ! Je suis absente jusqu'à lundi, pouvez-vous m'envoyer les visuels d'ici là ?")]
    [InlineData("Thanks, interesting. I'm back on Monday, let's talk then.")]
    [InlineData("Nous avons déjà traité l'absence de batteries en rayon. Cordialement")]
    [InlineData("Our office is moving; can you send the samples to the new address?")]
    public void APersonWhoSpeaksOfTheMatter_HasReplied(string body) => Assert.Equal(InboundKind.Reply, ReadMails.Written(body).Kind);

    [Fact]
    public void ANewsletter_AboutHolidays_IsOther() =>
        Assert.Equal(InboundKind.Other, ReadMails.Written("I am out of the office until May: how to write it.", "Out of office tips", "List-Unsubscribe: <https://news.example/u>\nPrecedence: bulk").Kind);
}
