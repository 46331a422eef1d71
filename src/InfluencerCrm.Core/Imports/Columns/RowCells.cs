using System.Globalization;
using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Imports.Reading;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Imports.Columns;

/// <summary>The cells of one row by what they say, each read with the problems it has. Used for one row, then for the next.</summary>
internal sealed class RowCells<TField>(FieldMap<TField> map)
    where TField : struct, Enum
{
    /// <summary>As people here write dates; of what may be read in two ways, the day comes first, unless the file is in English and says otherwise.</summary>
    private static readonly string[] Dates =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy/M/d", "yyyyMMdd",
        "d/M/yyyy", "d/M/yyyy HH:mm", "d/M/yyyy HH:mm:ss", "d/M/yy", "d.M.yyyy", "d.M.yyyy HH:mm", "d.M.yy", "d-M-yyyy", "d-M-yy",
        "d MMM yyyy", "d MMMM yyyy", "d MMM. yyyy", "MMM d, yyyy", "MMMM d, yyyy", "dddd d MMMM yyyy",
    ];

    private static readonly CultureInfo[] Cultures = [CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("fr-FR"), CultureInfo.GetCultureInfo("de-DE")];

    private readonly List<RowProblem> _problems = [];
    private TableRow? _row;

    public IReadOnlyList<RowProblem> Problems => [.. _problems];

    public bool IsRefused => _problems.Exists(p => p.Refuses);

    public void Begin(TableRow row)
    {
        _problems.Clear();
        _row = row;
        if (row.Fault is { } fault)
        {
            _problems.Add(new RowProblem(null, fault.Code, fault.Message, Refuses: true));
        }
    }

    public void Refuse(string code, string message) => _problems.Add(new RowProblem(null, code, message, Refuses: true));

    /// <summary>One line of text; of several columns, the first that has any.</summary>
    public string? Line(TField field, int limit)
    {
        foreach (var (text, heading) in Cells(field))
        {
            if (IsFit(text, heading, limit, oneLine: true))
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>Text of several lines; of several columns, one below another.</summary>
    public string? Text(TField field, int limit)
    {
        var texts = Cells(field).Where(c => IsFit(c.Text, c.Heading, limit, oneLine: false)).Select(c => CellText.UnixLines(c.Text)).ToList();
        var whole = texts.Count == 0 ? null : string.Join('\n', texts);
        return whole is not null && !IsFit(whole, null, limit, oneLine: false) ? null : whole;
    }

    public IReadOnlyList<string> List(TField field, int limit) =>
        [.. Cells(field).SelectMany(c => CellText.List(c.Text).Where(t => IsFit(t, c.Heading, limit, oneLine: true))).Distinct(StringComparer.OrdinalIgnoreCase)];

    public IReadOnlyList<PersonEmail> Emails(TField field)
    {
        var emails = new List<PersonEmail>();
        foreach (var (text, heading) in Cells(field))
        {
            if (!PersonWords.IsFiller(text) && EmailCell.Read(text, emails) is { } reason)
            {
                _problems.Add(new RowProblem(heading, "badAddress", $"“{Excerpt(text)}” is no e-mail address. {reason}", Refuses: true));
            }
        }

        return emails;
    }

    public string? Country(TField field) => Checked(field, CountryNames.Find, "unknownCountry", "no country");

    public string? Language(TField field) => Checked(field, LanguageNames.Find, "unknownLanguage", "no language");

    /// <summary>A word of a closed set; one that is not known is left out, and said.</summary>
    public T? Word<T>(TField field, Func<string, T?> find, string code, string what)
        where T : struct
    {
        foreach (var (text, heading) in Cells(field))
        {
            if (PersonWords.IsFiller(text))
            {
                continue;
            }

            if (find(text) is { } value)
            {
                return value;
            }

            LeftOut(heading, code, text, what);
        }

        return null;
    }

    /// <summary>A whole number, with the spaces, points and commas between thousands that people write; "12 k" and "1,2 M" too.</summary>
    public int? Number(TField field) => Word(field, ParseNumber, "notANumber", "no number");

    /// <summary>A day, or an instant in UTC.</summary>
    public DateTime? Date(TField field) => Word(field, ParseDate, "notADate", "no date");

    /// <summary>An absolute web address; the scheme may be left out.</summary>
    public string? WebAddress(TField field, int limit)
    {
        foreach (var (text, heading) in Cells(field))
        {
            if (PersonWords.IsFiller(text) || !IsFit(text, heading, limit, oneLine: true))
            {
                continue;
            }

            var whole = text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
            if (Uri.TryCreate(whole, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Contains('.', StringComparison.Ordinal) && !whole.AsSpan().ContainsAny(" \t\n"))
            {
                return whole;
            }

            LeftOut(heading, "notAWebAddress", text, "no web address");
        }

        return null;
    }

    internal static DateTime? ParseDate(string text)
    {
        foreach (var culture in Cultures)
        {
            if (DateTime.TryParseExact(text, Dates, culture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces, out var date))
            {
                return date.Year is >= 1900 and <= 2200 ? date : null;
            }
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) && instant.Year is >= 1900 and <= 2200 && text.Contains('T', StringComparison.Ordinal)
            ? instant.UtcDateTime
            : null;
    }

    internal static int? ParseNumber(string text)
    {
        var plain = text.Trim();
        var factor = 1.0;
        if (plain.Length > 1 && plain[^1] is 'k' or 'K' or 'm' or 'M' && plain.AsSpan().ContainsAnyInRange('0', '9'))
        {
            factor = plain[^1] is 'k' or 'K' ? 1e3 : 1e6;
            plain = plain[..^1].TrimEnd();
        }

        plain = string.Concat(plain.Where(c => c is not (' ' or '\u00a0' or '\u202f' or '\u2009' or '\'' or '’')));

        // A point or comma before three digits parts thousands; the last one before anything else, a fraction.
        var last = plain.LastIndexOfAny([',', '.']);
        if (last >= 0 && (plain.Length - last == 4 && factor == 1 || plain.Count(c => c is ',' or '.') > 1 && plain.Length - last == 4))
        {
            plain = plain.Replace(",", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        }
        else
        {
            plain = plain.Replace(',', '.');
        }

        return double.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * factor is >= 0 and <= int.MaxValue and var whole
            ? (int)Math.Round(whole)
            : null;
    }

    /// <summary>A text that is one of those that are known; another is left out, and said.</summary>
    public string? Checked(TField field, Func<string, string?> find, string code, string what)
    {
        foreach (var (text, heading) in Cells(field))
        {
            if (PersonWords.IsFiller(text) && text != "NA")
            {
                continue;
            }

            if (find(text) is { } value)
            {
                return value;
            }

            LeftOut(heading, code, text, what);
        }

        return null;
    }

    private IEnumerable<(string Text, string Heading)> Cells(TField field)
    {
        var row = _row!;
        for (var i = 0; i < map.Fields.Count && i < row.Cells.Length; i++)
        {
            if (map.Fields[i] is { } known && EqualityComparer<TField>.Default.Equals(known, field) && CellText.Trim(row.Cells[i]) is { } text)
            {
                yield return (text, map.Headings[i]);
            }
        }
    }

    private bool IsFit(string text, string? heading, int limit, bool oneLine)
    {
        if (text.Length > limit)
        {
            _problems.Add(new RowProblem(heading, "tooLong", $"The text is {text.Length:N0} characters long; {limit:N0} are allowed.", Refuses: true));
            return false;
        }

        if (CellText.Problem(text, oneLine) is { } problem)
        {
            _problems.Add(new RowProblem(heading, "controlCharacter", $"The text holds {problem}, which this column cannot have.", Refuses: true));
            return false;
        }

        return true;
    }

    private void LeftOut(string heading, string code, string text, string what) =>
        _problems.Add(new RowProblem(heading, code, $"“{Excerpt(text)}” is {what} that is known here; it was left out.", Refuses: false));

    private static string Excerpt(string text) => text.Length > 80 ? $"{text.AsSpan(0, 80)}…" : text;
}
