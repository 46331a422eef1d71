using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>What a card says about a person, as cells under fixed headings. Private telephones and addresses are left out, as in tables.</summary>
internal sealed class VcardPerson(List<VcardProperty> properties, string? version)
{
    /// <summary>All known to the mapping of columns.</summary>
    public static readonly string[] Headings =
        ["Display name", "First name", "Last name", "E-mail", "Phone", "Outlet", "Desk", "Function", "Topics", "Tags", "City", "Country", "Language", "Url", "Twitter", "Notes"];

    private readonly bool _isOld = version == "2.1";

    /// <summary>Why the card is of nobody who could be imported.</summary>
    public RowFault? Fault { get; private set; }

    public string[] Cells()
    {
        var emails = All("EMAIL").Where(e => !e.Is("X400") && !e.Is("EX")).Select(e => Bare(e, "mailto:")).ToList();
        var outlet = Best("ORG")?.Part(0) ?? "";
        var (display, first, last) = Name();
        var ofOrganisation = Judge(emails, outlet.Length > 0 ? outlet : display);
        if (ofOrganisation || (first.Length + last.Length == 0 && display == outlet && AreShared(emails)))
        {
            // A newsroom has no name of a person; the mapping makes a desk of it.
            (display, first, last, outlet) = ("", "", "", outlet.Length > 0 ? outlet : display);
        }
        else if (first.Length + last.Length == 0 && !display.Any(char.IsControl))
        {
            var name = PersonName.Parse(display);
            (display, first, last) = (name.Display, name.First ?? "", name.Last ?? "");
        }

        var address = Best("ADR", a => !IsPrivate(a));
        return
        [
            display, first, last, string.Join("; ", emails), string.Join("; ", All("TEL").Where(IsTaken).Select(Phone)),
            outlet, Best("ORG")?.Part(1) ?? "", Text("TITLE") ?? Text("ROLE") ?? "", List("EXPERTISE", "INTEREST"), List("CATEGORIES"),
            address?.Part(3) ?? "", address?.Part(6) ?? "", string.Join("; ", All("LANG").SelectMany(l => l.Texts(','))),
            Text("URL") ?? "", Twitter(), string.Join('\n', All("NOTE").Select(n => VcardText.Unescape(n.Value!))),
        ];
    }

    private IEnumerable<VcardProperty> All(string name) => properties.Where(p => p.Name == name).OrderBy(p => p.Preference);

    private VcardProperty? Best(string name, Func<VcardProperty, bool>? only = null) =>
        All(name).FirstOrDefault(p => (only is null || only(p)) && p.Value!.AsSpan().ContainsAnyExcept("; "));

    private string? Text(string name) => Best(name) is { } property ? VcardText.Unescape(property.Value!).Trim() : null;

    /// <summary>The name as it is shown, and its parts (RFC 6350 §6.2).</summary>
    private (string Display, string First, string Last) Name()
    {
        var display = Text("FN") ?? "";
        var parts = Best("N");
        var (last, first, middle) = parts is null ? ("", "", "") : (parts.Part(0), parts.Part(1), parts.Part(2));
        if (middle.Length > 0 && char.IsLower(middle[0]))
        {
            // "de" and "van der" are no second first name.
            (last, middle) = ($"{middle} {last}".TrimEnd(), "");
        }

        first = first.Length > 0 ? first : middle;
        if (first.Contains('@', StringComparison.Ordinal) || last.Contains('@', StringComparison.Ordinal))
        {
            // Mail programs write the address where they know no name.
            (first, last) = ("", "");
        }

        if (first.Length > 0 && last.Length > 0 && display.StartsWith($"{last},", StringComparison.OrdinalIgnoreCase))
        {
            display = "";
        }

        return (display.Length > 0 || first.Length + last.Length > 0 ? display : Text("NICKNAME") ?? "", first, last);
    }

    /// <summary>True: the card is of a newsroom. Others that are no people get their fault.</summary>
    private bool Judge(List<string> emails, string outlet)
    {
        var kind = (Text("KIND") ?? Text("X-ADDRESSBOOKSERVER-KIND") ?? "").ToUpperInvariant();
        switch (kind)
        {
            case "GROUP":
                Fault = new RowFault("groupCard", "The card is a group (a mailing list of other cards), not a person. Import the cards of its members.");
                return false;
            case "LOCATION" or "APPLICATION" or "DEVICE":
                Fault = new RowFault("notAPerson", $"The card is of a {kind.ToLowerInvariant()}, not of a person.");
                return false;
            case "ORG":
                break;
            default:
                if (!string.Equals(Text("X-ABSHOWAS"), "COMPANY", StringComparison.OrdinalIgnoreCase) || Best("N") is not null)
                {
                    return false;
                }

                break;
        }

        if (outlet.Length > 0 && AreShared(emails))
        {
            return true;
        }

        Fault = new RowFault("notAPerson", "The card is of an organisation, not of a person, and has no address of a newsroom (redaction@…).");
        return false;
    }

    private static bool AreShared(List<string> emails) => emails.Count > 0 && emails.TrueForAll(RoleAddress.IsShared);

    private static bool IsPrivate(VcardProperty property) => property.Is("HOME") && !property.Is("WORK");

    private static bool IsTaken(VcardProperty phone) =>
        (!IsPrivate(phone) || phone.Is("CELL")) && !phone.Is("FAX") && !phone.Is("PAGER") && !phone.Is("MODEM") && !phone.Is("TEXTPHONE");

    /// <summary>A number, or <c>tel:+33-1-55;ext=12</c> (RFC 3966).</summary>
    private static string Phone(VcardProperty property)
    {
        var number = Bare(property, "tel:");
        var parameters = number.IndexOf(';', StringComparison.Ordinal);
        if (parameters < 0)
        {
            return number;
        }

        var extension = number[parameters..].Split(';').FirstOrDefault(p => p.StartsWith("ext=", StringComparison.OrdinalIgnoreCase));
        return extension is null ? number[..parameters] : $"{number[..parameters]} ext. {extension[4..]}";
    }

    private static string Bare(VcardProperty property, string scheme)
    {
        var text = VcardText.Unescape(property.Value!).Trim();
        return text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? text[scheme.Length..] : text;
    }

    private string Twitter() =>
        Text("X-TWITTER") ?? (All("X-SOCIALPROFILE").Concat(All("SOCIALPROFILE")).FirstOrDefault(p => p.Is("TWITTER")) is { } profile ? VcardText.Unescape(profile.Value!).Trim() : "");

    /// <summary>As the mapping takes lists apart: by semicolon; by comma only where there is none.</summary>
    private string List(params ReadOnlySpan<string> names)
    {
        var texts = new List<string>();
        foreach (var name in names)
        {
            texts.AddRange(All(name).SelectMany(p => p.Texts(',')).SelectMany(t => _isOld ? t.Split(';') : [t.Replace(';', ',')]));
        }

        return string.Join(';', texts) + (texts.Count == 1 && texts[0].Contains(',', StringComparison.Ordinal) ? ";" : "");
    }
}
