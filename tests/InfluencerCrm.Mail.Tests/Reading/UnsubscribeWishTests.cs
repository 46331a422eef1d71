using InfluencerCrm.Core.Inbound;
using Xunit;

namespace InfluencerCrm.Mail.Tests.Reading;

public sealed class UnsubscribeWishTests
{
    [Theory]
    [InlineData("unsubscribe")]
    [InlineData("STOP")]
    [InlineData("Please remove me from your list.")]
    [InlineData("Bonjour, merci de me retirer de vos listes de diffusion. Cordialement")]
    [InlineData("désabonner")]
    [InlineData("Désinscrivez-moi svp")]
    [InlineData("Je ne souhaite plus recevoir vos communiqués.")]
    [InlineData("Abmelden")]
    [InlineData("Bitte nehmen Sie mich aus dem Verteiler.")]
    [InlineData("Por favor, denme de baja.")]
    [InlineData("Cancellatemi dalla lista, grazie.")]
    [InlineData("Graag uitschrijven")]
    [InlineData("Unsubscribe me\n\nOn 1 March 2026 at 10:00, Press <press@agency.example> wrote:\n> A battery\n> It lasts.")]
    public void AFewWords_AreEnough(string body) => Assert.Equal(InboundKind.Unsubscribe, ReadMails.Written(body).Kind);

    [Theory]
    [InlineData("unsubscribe")]
    [InlineData("Unsubscribe: 0123456789abcdef01234567")]
    [InlineData("Désabonnement")]
    [InlineData("Abmeldung")]
    public void ASubject_IsEnough(string subject) => Assert.Equal(InboundKind.Unsubscribe, ReadMails.Written("", subject).Kind);

    [Theory]
    [InlineData("I don't want to unsubscribe, but please write less often.")]
    [InlineData("Thank you, could we stop at the plant on Tuesday?")]
    [InlineData("Merci ! Retirez-moi un doute : la batterie est-elle remplaçable ?")]
    [InlineData("Good.\n\nOn 1 March 2026 at 10:00, Press <press@agency.example> wrote:\n> A battery\n> To unsubscribe write to us.")]
    public void OtherUsesOfTheWords_AreReplies(string body) => Assert.Equal(InboundKind.Reply, ReadMails.Written(body).Kind);
}
