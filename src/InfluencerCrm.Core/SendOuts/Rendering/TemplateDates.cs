using System.Globalization;
using System.Text;

namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>Dates in the recipient's zone and the variant's language. An embargo without its zone is a broken embargo, so the default form states it.</summary>
internal sealed class TemplateDates
{
    public CultureInfo Culture { get; }
    private readonly TimeZoneInfo zone;

    public TemplateDates(string language, string? timeZone)
    {
        Culture = CultureOf(language);
        zone = Planning.RecipientZone.Find(timeZone);
    }

    /// <summary><c>lundi 3 mars 2025 à 14 h 30 (UTC+1; 13:30 UTC)</c></summary>
    public string Default(DateTime utc)
    {
        var local = Local(utc);
        var time = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        var (day, at) = Culture.TwoLetterISOLanguageName switch
        {
            // 1er, as French writes the first of a month; no-break spaces keep an hour on its line.
            "fr" => (local.ToString(local.Day == 1 ? "dddd d'er' MMMM yyyy" : "dddd d MMMM yyyy", Culture), $" à {local:HH}\u00A0h\u00A0{local:mm}"),
            "de" => (local.ToString("dddd, d. MMMM yyyy", Culture), $", {time} Uhr"),
            "es" => (local.ToString("dddd, d 'de' MMMM 'de' yyyy", Culture), $", {time}"),
            "it" or "nl" => (local.ToString("dddd d MMMM yyyy", Culture), $", {time}"),
            "en" => (local.ToString("dddd d MMMM yyyy", Culture), $", {time}"),
            _ => (local.ToString("D", Culture), $", {time}"),
        };
        return $"{day}{at} ({Offset(local, "UTC")}{InUtc(local)})";
    }

    /// <summary>The directives of Liquid's <c>date</c> filter (strftime); an unknown one stays as written.</summary>
    public string Format(DateTime utc, string format)
    {
        var local = Local(utc);
        var result = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                result.Append(format[i]);
                continue;
            }

            var unpadded = format[i + 1] == '-' && i + 2 < format.Length;
            i += unpadded ? 2 : 1;
            var text = Directive(local, format[i]);
            if (text is null)
                result.Append('%').Append(unpadded ? "-" : "").Append(format[i]);
            else
                result.Append(unpadded && text.TrimStart('0', ' ') is { Length: > 0 } bare ? bare : text);
        }

        return result.ToString();
    }

    /// <summary>The same moment without any zone to be wrong about; with its day where that is another.</summary>
    private static string InUtc(DateTimeOffset local) =>
        local.Offset == TimeSpan.Zero ? "" : local.UtcDateTime.ToString(local.UtcDateTime.Date == local.Date ? "'; 'HH:mm' UTC'" : "'; 'yyyy-MM-dd HH:mm' UTC'", CultureInfo.InvariantCulture);

    private string? Directive(DateTimeOffset local, char directive) => directive switch
    {
        'a' => local.ToString("ddd", Culture),
        'A' => local.ToString("dddd", Culture),
        'b' or 'h' => local.ToString("MMM", Culture),
        'B' => local.ToString("MMMM", Culture),
        'd' => local.ToString("dd", CultureInfo.InvariantCulture),
        'e' => local.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        'D' => local.ToString("MM/dd/yy", CultureInfo.InvariantCulture),
        'F' => local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        'H' => local.ToString("HH", CultureInfo.InvariantCulture),
        'I' => local.ToString("hh", CultureInfo.InvariantCulture),
        'j' => local.DayOfYear.ToString("D3", CultureInfo.InvariantCulture),
        'm' => local.ToString("MM", CultureInfo.InvariantCulture),
        'M' => local.ToString("mm", CultureInfo.InvariantCulture),
        'p' => local.ToString("tt", CultureInfo.InvariantCulture),
        'R' => local.ToString("HH:mm", CultureInfo.InvariantCulture),
        'S' => local.ToString("ss", CultureInfo.InvariantCulture),
        'T' => local.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        'x' => local.ToString("d", Culture),
        'X' => local.ToString("t", Culture),
        'y' => local.ToString("yy", CultureInfo.InvariantCulture),
        'Y' => local.ToString("yyyy", CultureInfo.InvariantCulture),
        'z' => local.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal),
        'Z' => Offset(local, "UTC"),
        '%' => "%",
        _ => null,
    };

    private DateTimeOffset Local(DateTime utc) =>
        TimeZoneInfo.ConvertTime(new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)), zone);

    private static string Offset(DateTimeOffset local, string name)
    {
        var offset = local.Offset;
        if (offset == TimeSpan.Zero)
            return name;

        var minutes = offset.Minutes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $":{Math.Abs(offset.Minutes):00}");
        return string.Create(CultureInfo.InvariantCulture, $"{name}{(offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(offset.Hours)}{minutes}");
    }

    private static CultureInfo CultureOf(string language)
    {
        try
        {
            return CultureInfo.GetCultureInfo(language, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.GetCultureInfo("en");
        }
    }
}
