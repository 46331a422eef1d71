using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using InfluencerCrm.Ui.Shared;
using Xunit;

namespace InfluencerCrm.Ui.Tests;

public sealed class TextsTests
{
    [Fact]
    public void EveryText_IsThereInFrenchToo_WithTheSamePlacesForValues() => Assert.Equal(In(CultureInfo.InvariantCulture), In(CultureInfo.GetCultureInfo("fr")));

    /// <summary>Names with the places for values in them.</summary>
    private static IEnumerable<string> In(CultureInfo culture) =>
        new ResourceManager(typeof(Texts)).GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>()
            .Select(t => $"{t.Key} {string.Join(' ', Regex.Matches((string)t.Value!, @"\{\d+\}").Select(m => m.Value).Order())}").Order(StringComparer.Ordinal);
}
