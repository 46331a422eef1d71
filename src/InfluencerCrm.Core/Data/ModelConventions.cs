using System.Text.Json;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace InfluencerCrm.Core.Data;

/// <summary>What holds for every entity: lengths, decimals, enums as text, UTC, versions, no silent cascades.</summary>
internal static class ModelConventions
{
    /// <summary>Length of a string that says nothing else; SQL Server would make <c>nvarchar(max)</c> of it, which no index takes.</summary>
    public const int DefaultLength = 400;

    /// <summary>Strings up to this length are one line: no control characters, so nothing can break out of a header.</summary>
    public const int OneLineLength = 1000;

    public static void Configure(ModelConfigurationBuilder builder)
    {
        builder.Properties<string>().HaveMaxLength(DefaultLength);
        builder.Properties<decimal>().HavePrecision(18, 2);
        builder.Properties<DateTime>().HaveConversion<UtcConverter>();
        builder.Properties<LocalizedText>().HaveConversion<JsonConverter<LocalizedText>, JsonComparer<LocalizedText>>().HaveMaxLength(20_000);
        builder.Properties<LocalizedWords>().HaveConversion<JsonConverter<LocalizedWords>, JsonComparer<LocalizedWords>>().HaveMaxLength(20_000);
        builder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    public static void Finish(ModelBuilder builder, string? provider)
    {
        Changes.ChangeConfiguration.OnProvider(builder, provider);
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            if (typeof(IRow).IsAssignableFrom(entity.ClrType))
            {
                var version = entity.FindProperty(nameof(IRow.Version))!;
                version.IsConcurrencyToken = true;
                version.ValueGenerated = ValueGenerated.Never;
            }

            // SQL Server compares without case by default; the product's meaning must not depend on the database's mood.
            if (provider is not null && provider.EndsWith("SqlServer", StringComparison.Ordinal))
            {
                foreach (var text in entity.GetProperties().Where(p => (p.GetProviderClrType() ?? p.ClrType) == typeof(string)
                    || p.GetValueConverter()?.ProviderClrType == typeof(string) || p.ClrType.IsEnum || Nullable.GetUnderlyingType(p.ClrType)?.IsEnum == true))
                {
                    text.SetCollation("Latin1_General_100_BIN2");
                }
            }

            // A reference that most rows do not have: rows without one need not be in its index, and cost nothing there.
            foreach (IConventionIndex index in entity.GetIndexes().Where(i => i is { IsUnique: false, Properties: [{ IsNullable: true } property] } && property.IsForeignKey()))
            {
                index.SetFilter($"\"{index.Properties[0].Name}\" IS NOT NULL", fromDataAnnotation: false);
            }
        }

        // The key ring holds XML of a few KB.
        builder.Entity<DataProtectionKey>().Property(k => k.Xml).HasMaxLength(20_000);
    }

    /// <summary>Stores UTC with microseconds (what all three databases keep), and stamps the kind on reading.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        value => new DateTime((value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value).Ticks / 10 * 10, DateTimeKind.Utc),
        value => DateTime.SpecifyKind(value, DateTimeKind.Utc));

    private sealed class JsonConverter<T>() : ValueConverter<T, string>(
        value => JsonSerializer.Serialize(value, JsonSerializerOptions.Default),
        text => JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Default)!);

    private sealed class JsonComparer<T>() : ValueComparer<T>(
        (a, b) => JsonSerializer.Serialize(a, JsonSerializerOptions.Default) == JsonSerializer.Serialize(b, JsonSerializerOptions.Default),
        value => JsonSerializer.Serialize(value, JsonSerializerOptions.Default).GetHashCode(StringComparison.Ordinal),
        value => value);
}
