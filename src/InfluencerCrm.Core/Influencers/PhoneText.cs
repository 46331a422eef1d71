using System.Buffers;
using System.Collections.Frozen;
using PhoneNumbers;

namespace InfluencerCrm.Core.Influencers;

/// <summary>
/// The form in which two spellings of a phone number are one: E.164 (<c>+33123456789</c>), with <c> ext. 12</c> behind it where there
/// is one. What is no number of the country, or says more than a number, stays as written.
/// </summary>
public static class PhoneText
{
    private const int MostDigits = 15;
    private const int LongestCode = 3;

    private static readonly SearchValues<char> Beginnings = SearchValues.Create("+(0123456789");

    private static readonly PhoneNumberUtil Util = PhoneNumberUtil.GetInstance();

    private static readonly FrozenSet<int> Codes = Util.GetSupportedCallingCodes().ToFrozenSet();

    private static readonly FrozenSet<string> Regions = Util.GetSupportedRegions().ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words beside a number that say nothing of it; "fax" is not among them.</summary>
    private static readonly FrozenSet<string> Labels = new[]
    {
        "t", "p", "m", "b", "tel", "tél", "téléphone", "telephone", "phone", "ph", "port", "portable", "mob", "mobile", "cell", "gsm", "fixe", "bureau", "bur",
        "direct", "ligne directe", "ld", "office", "work", "standard", "std", "pro", "tel fixe", "tél fixe", "tel portable", "tél portable", "tel mobile", "tél mobile",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Extensions =
        new[] { "ext", "extn", "extension", "x", "poste", "durchwahl", "int", "interno" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <param name="country">ISO 3166-1 alpha-2: whose national numbers are understood; null: none.</param>
    public static string Normalise(string text, string? country)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Plain(text) ?? Whole(text, country) ?? text;
    }

    /// <summary>How many digits it has.</summary>
    public static int Digits(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return count;
    }

    /// <summary>
    /// An international number of digits and the usual separators, which most files have: the library's parser takes ten times as
    /// long and says the same.
    /// </summary>
    private static string? Plain(string text)
    {
        Span<char> digits = stackalloc char[MostDigits + 3];
        var length = 0;
        var international = text.StartsWith('+');
        digits[length++] = '+';
        foreach (var c in text.AsSpan(international ? 1 : 0))
        {
            if (char.IsAsciiDigit(c))
            {
                if (length == digits.Length)
                {
                    return null;
                }

                digits[length++] = c;
            }
            else if (c is not (' ' or '.' or '-' or '\u00a0' or '\u202f' or '\u2009' or '\u2011' or '\u2013'))
            {
                return null;
            }
        }

        var number = digits[1..length];
        if (!international)
        {
            if (!number.StartsWith("00"))
            {
                return null;
            }

            number = number[2..];
        }

        for (int width = 1, code = 0; width <= LongestCode && width < number.Length; width++)
        {
            code = code * 10 + number[width - 1] - '0';
            if (Codes.Contains(code))
            {
                // A zero behind the code may be one to be dropped (+44 020…) or to be kept (+39 02…): for the library.
                return number[width] != '0' && number.Length <= MostDigits && IsPossible(code, number[width..]) ? string.Concat("+", number) : null;
            }
        }

        return null;
    }

    private static bool IsPossible(int code, ReadOnlySpan<char> national) =>
        Util.IsPossibleNumber(new PhoneNumber.Builder().SetCountryCode(code).SetNationalNumber(ulong.Parse(national, System.Globalization.CultureInfo.InvariantCulture)).Build());

    private static string? Whole(string text, string? country)
    {
        if (Unlabelled(text, out var extension) is not { } number || Digits(number) is < 4 or > 20)
        {
            return null;
        }

        var region = country is not null && Regions.Contains(country) ? country : null;
        if (number.StartsWith("00", StringComparison.Ordinal) && region is not ("US" or "CA" or "JP" or "AU"))
        {
            number = $"+{number.AsSpan(2)}";
        }

        if (region is null && !number.StartsWith('+'))
        {
            return null;
        }

        try
        {
            var parsed = Util.Parse(number, region);
            var isNumber = number.StartsWith('+') ? Util.IsPossibleNumber(parsed) : Util.IsValidNumber(parsed);
            return !isNumber ? null : Util.Format(parsed, PhoneNumberFormat.E164) + (extension.Length > 0 ? $" ext. {extension}" : "");
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>The number without "Tél. :" before and "(bureau)" or "ext. 12" behind it; null where more stands beside it.</summary>
    private static string? Unlabelled(string text, out string extension)
    {
        extension = "";
        var first = text.AsSpan().IndexOfAny(Beginnings);
        if (first < 0)
        {
            return null;
        }

        var before = text.AsSpan(0, first).Trim(" .:°-\u00a0");
        if (!before.IsEmpty && !Labels.Contains(before.ToString()))
        {
            return null;
        }

        var end = first;
        while (end < text.Length && !char.IsLetter(text[end]) && text[end] is not ('#' or ';' or ','))
        {
            end++;
        }

        var number = text[first..end].TrimEnd(' ', '(', '-', '.', '/', '\u00a0');
        var after = text.AsSpan(end).Trim(" .:()#-\u00a0");
        if (after.IsEmpty || Labels.Contains(after.ToString()))
        {
            return number;
        }

        var digits = after.IndexOfAnyInRange('0', '9');
        var word = digits < 0 ? after : after[..digits].Trim(" .:=-\u00a0");
        if (digits < 0 || !(word.IsEmpty ? text[end] == '#' : Extensions.Contains(word.ToString())) || after[digits..].IndexOfAnyExceptInRange('0', '9') >= 0 || after.Length - digits > 7)
        {
            return null;
        }

        extension = after[digits..].ToString();
        return number;
    }
}
