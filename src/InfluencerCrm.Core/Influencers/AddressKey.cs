using System.Globalization;

namespace InfluencerCrm.Core.Influencers;

/// <summary>
/// The form in which two e-mail addresses are the same: trimmed, lower case, the domain as punycode. Dots and plus signs before
/// the @ stay: what they mean is the mail server's affair.
/// </summary>
public static class AddressKey
{
    public const int MaxLength = 254;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <param name="key">Empty where the text is no address.</param>
    /// <param name="reason">A sentence for a person; null where the text is an address.</param>
    public static bool TryParse(string? address, out string key, out string? reason)
    {
        key = "";
        var text = (address ?? "").AsSpan().Trim();
        var at = text.LastIndexOf('@');
        reason = at switch
        {
            _ when text.IsEmpty => "There is no address.",
            < 0 => "There is no @ in it.",
            0 => "There is nothing before the @.",
            > 64 => "It is longer than 64 characters before the @.",
            _ => LocalProblem(text[..at]),
        };
        if (reason is not null)
        {
            return false;
        }

        var domain = text[(at + 1)..];
        if (!System.Text.Ascii.IsValid(domain))
        {
            try
            {
                var ascii = Idn.GetAscii(domain.ToString().TrimEnd('.'));
                reason = DomainProblem(ascii);
                key = reason is null ? Finish(string.Concat(text[..(at + 1)], ascii), ref reason) : "";
            }
            catch (ArgumentException)
            {
                reason = "What follows the @ is no domain.";
            }

            return reason is null;
        }

        reason = DomainProblem(domain);
        if (reason is not null)
        {
            return false;
        }

        key = Finish(address!.Length == text.Length ? address : new string(text), ref reason);
        return reason is null;
    }

    /// <summary>The key, where the text is an address; else null.</summary>
    public static string? Of(string? address) => TryParse(address, out var key, out _) ? key : null;

    private static string Finish(string address, ref string? reason)
    {
        if (address.Length > MaxLength)
        {
            reason = $"It is longer than {MaxLength} characters.";
            return "";
        }

        // Gives the same instance back where nothing changes.
        return address.ToLowerInvariant();
    }

    private static string? LocalProblem(ReadOnlySpan<char> local)
    {
        if (local[0] == '.' || local[^1] == '.')
        {
            return "It begins with a dot or has one before the @.";
        }

        for (var i = 0; i < local.Length; i++)
        {
            var c = local[i];
            if (c == '.' && local[i - 1] == '.')
            {
                return "It has two dots in a row.";
            }

            if (!char.IsAsciiLetterOrDigit(c) && !".!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal))
            {
                return c switch
                {
                    '@' => "It has more than one @.",
                    ' ' => "There is a space in it.",
                    > '\u007f' => "There is an accent or a sign before the @ that mail servers do not take.",
                    _ => "There is a character before the @ that an address cannot have.",
                };
            }
        }

        return null;
    }

    private static string? DomainProblem(ReadOnlySpan<char> domain)
    {
        const string NoDomain = "What follows the @ is no domain.";
        int label = 0, labels = 1;
        var letters = false;
        for (var i = 0; i < domain.Length; i++)
        {
            var c = domain[i];
            if (c == '.')
            {
                if (label == 0 || domain[i - 1] == '-')
                {
                    return NoDomain;
                }

                (label, letters) = (0, false);
                labels++;
                continue;
            }

            if (!char.IsAsciiLetterOrDigit(c) && (c != '-' || label == 0))
            {
                return c == ' ' ? "There is a space in it." : NoDomain;
            }

            letters |= !char.IsAsciiDigit(c);
            if (++label > 63)
            {
                return NoDomain;
            }
        }

        return labels == 1 ? "The domain has no ending such as .com or .fr."
            : label < 2 || !letters || domain[^1] == '-' ? NoDomain
            : null;
    }
}
