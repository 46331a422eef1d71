using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Data;

internal static class ConfigurationExtensions
{
    /// <summary>A normalised copy of a text for searching: may be empty, is derived.</summary>
    public static PropertyBuilder<string> IsSearchText(this PropertyBuilder<string> property, int maxLength = ModelConventions.DefaultLength) =>
        property.HasMaxLength(maxLength).HasAnnotation(RowRules.MayBeEmpty, true);

    /// <summary>A required text that may be empty.</summary>
    public static PropertyBuilder<string> MayBeEmpty(this PropertyBuilder<string> property) =>
        property.HasAnnotation(RowRules.MayBeEmpty, true);
}
