using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Tests.Influencers;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData("LEFÈVRE Zoé", "Zoé", "Lefèvre")]
    [InlineData("Zoé LEFÈVRE", "Zoé", "Lefèvre")]
    [InlineData("Zoé Lefèvre", "Zoé", "Lefèvre")]
    [InlineData("Le Goff, Anne-Laure", "Anne-Laure", "Le Goff")]
    [InlineData("LE GOFF Anne-Laure", "Anne-Laure", "Le Goff")]
    [InlineData("Anne-Laure Le Goff", "Anne-Laure", "Le Goff")]
    [InlineData("Jean-Pierre de La Tour", "Jean-Pierre", "de La Tour")]
    [InlineData("Ludwig van der Berg", "Ludwig", "van der Berg")]
    [InlineData("O'BRIEN Siobhán", "Siobhán", "O'Brien")]
    [InlineData("Mme Zoé Lefèvre", "Zoé", "Lefèvre")]
    [InlineData("Mary J. Blank", "Mary J.", "Blank")]
    [InlineData("JEAN DUPONT", "JEAN", "DUPONT")]
    public void ANameInOneCell_IsParted(string text, string first, string last)
    {
        var name = PersonName.Parse(text);

        Assert.Equal((first, last), (name.First, name.Last));
        Assert.Equal($"{first} {last}", name.Display);
    }

    [Theory]
    [InlineData("Cher")]
    [InlineData("@handle_of someone")]
    [InlineData("=1+1 x")]
    [InlineData("La Rédaction (Paris)")]
    [InlineData("田中さん")]
    public void WhatCannotBeParted_StaysWhole(string text) => Assert.Equal(new PersonName(text, null, null), PersonName.Parse(text));
}
