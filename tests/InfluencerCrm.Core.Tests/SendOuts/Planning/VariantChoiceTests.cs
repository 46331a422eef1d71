using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Planning;

namespace InfluencerCrm.Core.Tests.SendOuts.Planning;

public sealed class VariantChoiceTests
{
    private static readonly (string? Language, Formality? Form)[] All = [("fr", Formality.Vous), ("fr", Formality.Tu), ("de", null), (null, Formality.Tu)];

    [Theory]
    [InlineData("fr", null, 1)]
    [InlineData("fr", Formality.Vous, 1)]
    [InlineData("fr", Formality.Tu, 2)]
    [InlineData("fr-CA", Formality.Tu, 2)]
    [InlineData("de-AT", Formality.Vous, 3)]
    [InlineData("en", Formality.Vous, null)]
    [InlineData("es", Formality.Vous, null)]
    public void TheLanguageDecides_ThenTheForm(string language, Formality? form, int? expected) =>
        Assert.Equal(expected, Choose(All, "en", form, language));

    [Fact]
    public void WhoIsAddressedAsVous_NeverGetsTu() =>
        Assert.Null(Choose([("fr", Formality.Tu)], "en", Formality.Vous, "fr"));

    [Fact]
    public void VousStandsInForTu_WhereTheLanguageHasNoOther() =>
        Assert.Equal(1, Choose([("fr", Formality.Vous)], "en", Formality.Tu, "fr"));

    [Fact]
    public void ASecondLanguageOfThePerson_IsBetterThanNone() =>
        Assert.Equal(1, Choose([("fr", null)], "en", null, "nl", "fr"));

    [Fact]
    public void TheFirstLanguage_GoesBeforeTheSecond() =>
        Assert.Null(Choose([("fr", null)], "nl", null, "nl", "fr"));

    private static int? Choose((string? Language, Formality? Form)[] variants, string standard, Formality? form, params string[] languages) =>
        VariantChoice.Of(
            variants.Select((v, i) => Variant(i + 1, v.Language, v.Form)),
            standard,
            new Recipient { Id = 1, Name = "Ana", Formality = form, Languages = languages, Values = new PersonValues { Influencer = new() } });

    private static SendOutVariant Variant(int id, string? language, Formality? form)
    {
        var variant = SendOutVariant.Create(new() { SubjectTemplate = "S", BodyTemplate = "B", Language = language, Formality = form });
        typeof(Core.Data.Entity).GetProperty("Id")!.SetValue(variant, id);
        return variant;
    }
}
