using System.Globalization;
using System.Text.RegularExpressions;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Data;

/// <summary>The small rules that many entities share; each gives the value back, or says which member is wrong.</summary>
public static partial class Check
{
    private static readonly HashSet<string> Countries = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(c => new RegionInfo(c.Name).TwoLetterISORegionName)
        .Where(name => name.Length == 2 && char.IsAsciiLetterUpper(name[0]))
        .Append("VA").Append("AQ").ToHashSet(StringComparer.Ordinal);

    /// <summary>ISO 3166-1 alpha-2, in upper case.</summary>
    public static string? Country(string? value, string target)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        var code = value.ToUpperInvariant();
        return Countries.Contains(code) ? code : throw new RuleViolation("unknownCountry", $"\"{value}\" is no ISO 3166-1 alpha-2 country code, such as FR.", target);
    }

    /// <summary>True for null, for an empty text, and for an ISO 3166-1 alpha-2 code.</summary>
    public static bool IsCountry(string? value) => string.IsNullOrEmpty(value) || Countries.Contains(value.ToUpperInvariant());

    /// <summary>A well-formed BCP 47 language tag (RFC 5646), such as <c>fr</c> or <c>pt-BR</c>.</summary>
    public static string? Language(string? value, string target) =>
        string.IsNullOrEmpty(value) ? null
        : LanguageTag().IsMatch(value) ? value
        : throw new RuleViolation("unknownLanguage", $"\"{value}\" is no BCP 47 language tag, such as fr or en-GB.", target);

    /// <summary>A time zone of the IANA database.</summary>
    public static string? TimeZone(string? value, string target) =>
        string.IsNullOrEmpty(value) ? null
        : IsTimeZone(value) ? value
        : throw new RuleViolation("unknownTimeZone", $"\"{value}\" is no IANA time zone, such as Europe/Paris.", target);

    /// <summary>Whether it is the name of a time zone of the IANA database.</summary>
    public static bool IsTimeZone(string? value) =>
        value is { Length: > 0 and <= 60 } && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
        && TimeZoneInfo.TryFindSystemTimeZoneById(value, out var zone) && zone.HasIanaId;

    /// <summary>An absolute http or https address.</summary>
    public static string? WebAddress(string? value, string target) =>
        string.IsNullOrEmpty(value) ? null
        : Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? value
        : throw new RuleViolation("notAWebAddress", $"{target} must be an absolute http or https address.", target);

    /// <summary>An address that mails can come from or go to. Local parts outside ASCII are none: most mail servers do not take them (RFC 6531).</summary>
    public static string? EmailAddress(string? value, string target) =>
        string.IsNullOrWhiteSpace(value) || AddressKey.TryParse(value, out _, out var reason) ? value
        : throw new RuleViolation("badAddress", $"{target}: {reason}", target);

    public static int? NotNegative(int? value, string target) =>
        value is < 0 ? throw new RuleViolation("outOfRange", $"{target} must not be negative.", target) : value;

    public static double? Between(double? value, double least, double most, string target) =>
        value is { } number && !(number >= least && number <= most)
            ? throw new RuleViolation("outOfRange", string.Create(CultureInfo.InvariantCulture, $"{target} must lie between {least} and {most}."), target)
            : value;

    /// <summary>Times are stored in UTC; a time without zone is taken as UTC.</summary>
    public static DateTime? Utc(DateTime? value) => value switch
    {
        null => null,
        { Kind: DateTimeKind.Local } local => local.ToUniversalTime(),
        { } other => DateTime.SpecifyKind(other, DateTimeKind.Utc),
    };

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
