using InfluencerCrm.Core.Imports.Reading;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Imports.Mapping;

/// <summary>Makes people of rows. Not for several threads at once: it keeps its buffers from row to row.</summary>
/// <param name="homeCountry">Whose national phone numbers are understood where a row names no country.</param>
public sealed class PersonRowReader(ColumnMap map, string? homeCountry = null)
{
    /// <summary>True: names stay whole, because the file has columns for their parts, or gives titles of feeds ("Nomadic Notes").</summary>
    private readonly bool _keepsNames = map.Has(PersonField.FirstName) || map.Has(PersonField.LastName) || map.Headings.Contains("Feed");
    private readonly string?[] _values = new string?[Enum.GetValues<PersonField>().Length];
    private readonly List<PersonEmail> _emails = [];
    private readonly List<string> _phones = [];
    private readonly List<string> _languages = [];
    private readonly List<string> _topics = [];
    private readonly List<string> _tags = [];
    private List<RowProblem>? _problems;
    private bool _refused;
    private bool _opposed;
    private string? _addressName;

    /// <summary>The person, or null where the row is refused; the problems say why, and which values were left out.</summary>
    public PersonRow? Read(TableRow row, out IReadOnlyList<RowProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Fault is { } fault)
        {
            problems = [new RowProblem(null, fault.Code, fault.Message, Refuses: true)];
            return null;
        }

        Reset();
        var cells = row.Cells;
        var fields = map.Fields;
        for (var i = 0; i < cells.Length; i++)
        {
            if (fields[i] is { } field && CellText.Trim(cells[i]) is { } text && !(map.LabelOf(i) is { } label && PersonWords.IsPrivateLabel(cells[label])))
            {
                Take(field, text, i);
            }
        }

        var person = _refused ? null : Person(row.Line);
        problems = _problems is null ? [] : _problems;
        return person;
    }

    private void Reset()
    {
        Array.Clear(_values);
        _emails.Clear();
        _phones.Clear();
        _languages.Clear();
        _topics.Clear();
        _tags.Clear();
        (_problems, _addressName) = (null, null);
        (_refused, _opposed) = (false, false);
    }

    private void Take(PersonField field, string text, int column)
    {
        switch (field)
        {
            case PersonField.Email:
                TakeEmail(text, column);
                break;
            case PersonField.Phone:
                TakePhones(text, column);
                break;
            case PersonField.Kind:
                Known(field, text, column, PersonWords.Kind(text), "unknownKind", "no kind of contact");
                break;
            case PersonField.Country:
                Known(field, text, column, CountryNames.Find(text), "unknownCountry", "no country");
                break;
            case PersonField.Language:
                TakeLanguages(text, column);
                break;
            case PersonField.Topics:
                TakeList(text, column, _topics);
                break;
            case PersonField.Tags:
                TakeList(text, column, _tags);
                break;
            case PersonField.DoNotContact:
                TakeOpposition(text, column, PersonWords.IsOpposition(text, out var plain), plain);
                break;
            case PersonField.OptIn:
                TakeOpposition(text, column, PersonWords.IsOptedOut(text), plain: true);
                break;
            case PersonField.Bio or PersonField.Notes:
                TakeText(field, text, column);
                break;
            default:
                TakeLine(field, text, column);
                break;
        }
    }

    private void TakeEmail(string text, int column)
    {
        if (PersonWords.IsFiller(text))
        {
            return;
        }

        _addressName ??= EmailCell.NameIn(text);
        if (EmailCell.Read(text, _emails) is { } reason)
        {
            Refuse(column, "badAddress", $"“{Excerpt(text)}” is no e-mail address. {reason}");
        }
    }

    private void TakePhones(string text, int column)
    {
        foreach (var phone in PhoneCell.Read(text))
        {
            if (PersonWords.IsFiller(phone))
            {
                continue;
            }

            if (!phone.AsSpan().ContainsAnyInRange('0', '9'))
            {
                Warn(column, "notAPhone", $"“{Excerpt(phone)}” is no phone number; it was left out.");
            }
            else if (IsFit(phone, column, PersonLimits.Phone, oneLine: true))
            {
                CellText.Add(_phones, phone);
            }
        }
    }

    private void Known(PersonField field, string text, int column, string? value, string code, string what)
    {
        // "n/a" is nothing, though its letters are Namibia's code.
        if (PersonWords.IsFiller(text) && text != "NA")
        {
            return;
        }

        _values[(int)field] ??= value;
        if (value is null)
        {
            Warn(column, code, $"“{Excerpt(text)}” is {what} that is known here; it was left out.");
        }
    }

    private void TakeLanguages(string text, int column)
    {
        if (LanguageNames.Find(text) is { } single)
        {
            CellText.Add(_languages, single);
            return;
        }

        foreach (var name in CellText.List(text.Replace('/', ',')))
        {
            if (LanguageNames.Find(name) is { } tag)
            {
                CellText.Add(_languages, tag);
            }
            else if (!PersonWords.IsFiller(name))
            {
                Warn(column, "unknownLanguage", $"“{Excerpt(name)}” is no language that is known here; it was left out.");
            }
        }
    }

    private void TakeList(string text, int column, List<string> list)
    {
        foreach (var item in CellText.List(text))
        {
            // Google marks its own groups with a star; the one of all contacts says nothing.
            var name = item.StartsWith("* ", StringComparison.Ordinal) ? item[2..] : item;
            if (name != "myContacts" && IsFit(name, column, PersonLimits.Word, oneLine: true))
            {
                CellText.Add(list, name);
            }
        }

        if (list.Count > PersonLimits.Values)
        {
            Refuse(column, "tooLong", $"The cell lists {list.Count} values; {PersonLimits.Values} are allowed.");
        }
    }

    private void TakeOpposition(string text, int column, bool opposed, bool plain)
    {
        if (!opposed)
        {
            return;
        }

        _opposed = true;
        if (!plain && IsFit(text, column, PersonLimits.Line, oneLine: true))
        {
            _values[(int)PersonField.DoNotContact] ??= text;
        }
    }

    private void TakeText(PersonField field, string text, int column)
    {
        if (IsFit(text, column, PersonLimits.Text, oneLine: false))
        {
            var before = _values[(int)field];
            _values[(int)field] = before is null ? CellText.UnixLines(text) : $"{before}\n{CellText.UnixLines(text)}";
        }
    }

    private void TakeLine(PersonField field, string text, int column)
    {
        // A column "Title" may hold functions, or "Mme" and "Dr".
        if (field == PersonField.Function && PersonName.IsTitle(text))
        {
            return;
        }

        if (IsFit(text, column, PersonLimits.Of(field), oneLine: true))
        {
            _values[(int)field] ??= text;
        }
    }

    private PersonRow? Person(int line)
    {
        var name = Name();
        var shared = _emails.Count > 0 && _emails.TrueForAll(e => e.IsShared);
        var (function, outlet) = (Value(PersonField.Function), Value(PersonField.Outlet));
        if (function is null != outlet is null && RoleAndOutlet.Part((function ?? outlet)!) is var (role, place))
        {
            (function, outlet) = (role, place);
        }

        var country = Value(PersonField.Country);
        if (name.Display.Length == 0 && _emails.Count == 0)
        {
            Refuse(null, "noName", "The row has neither a name nor an e-mail address.");
            return null;
        }

        return new PersonRow
        {
            Line = line,
            DisplayName = name.Display.Length > 0 ? name.Display : shared && outlet is not null ? outlet : _emails[0].Value,
            FirstName = name.First,
            LastName = name.Last,
            IsDesk = name.Display.Length == 0 && shared,
            Emails = Copy(_emails),
            Phones = Phones(country),
            PhonesAsWritten = Copy(_phones),
            Kind = Value(PersonField.Kind),
            Outlet = outlet,
            Function = function,
            Beat = Value(PersonField.Beat),
            Topics = Copy(_topics),
            Country = country,
            City = Value(PersonField.City),
            Language = _languages.Count > 0 ? _languages[0] : null,
            Languages = Copy(_languages),
            Tags = Copy(_tags),
            Bio = Value(PersonField.Bio),
            Notes = Value(PersonField.Notes),
            Url = Value(PersonField.Url),
            Blog = Value(PersonField.Blog),
            Twitter = Value(PersonField.Twitter),
            DoNotContact = _opposed,
            DoNotContactReason = Value(PersonField.DoNotContact),
            Source = Value(PersonField.Source),
        };
    }

    private PersonName Name()
    {
        var (display, first, last) = (Value(PersonField.DisplayName), Value(PersonField.FirstName), Value(PersonField.LastName));
        if (display is not null && display.Contains('@', StringComparison.Ordinal) && _emails.Exists(e => string.Equals(e.Value, display, StringComparison.OrdinalIgnoreCase)))
        {
            // Mail programs write the address where they know no name.
            display = null;
        }

        display ??= first is null && last is null ? _addressName : null;
        if (display is null)
        {
            var whole = PersonName.Of(first, last);
            return whole.Display.Length > PersonLimits.Name ? whole with { Display = last! } : whole;
        }

        // A file with columns for the parts means what it leaves empty.
        return _keepsNames || display.Length > PersonLimits.NamePart ? new PersonName(display, first, last) : PersonName.Parse(display);
    }

    /// <summary>Two spellings of one number are one.</summary>
    private string[] Phones(string? country)
    {
        if (_phones.Count == 0)
        {
            return [];
        }

        var phones = new List<string>(_phones.Count);
        foreach (var phone in _phones)
        {
            CellText.Add(phones, PhoneText.Normalise(phone, country ?? homeCountry));
        }

        return [.. phones];
    }

    private string? Value(PersonField field) => _values[(int)field];

    private bool IsFit(string text, int column, int limit, bool oneLine)
    {
        if (text.Length > limit)
        {
            Refuse(column, "tooLong", $"The text is {text.Length:N0} characters long; {limit:N0} are allowed.");
            return false;
        }

        if (CellText.Problem(text, oneLine) is { } problem)
        {
            Refuse(column, "controlCharacter", $"The text holds {problem}, which this column cannot have.");
            return false;
        }

        return true;
    }

    private void Refuse(int? column, string code, string message)
    {
        _refused = true;
        (_problems ??= []).Add(new RowProblem(Heading(column), code, message, Refuses: true));
    }

    private void Warn(int column, string code, string message) =>
        (_problems ??= []).Add(new RowProblem(Heading(column), code, message, Refuses: false));

    private string? Heading(int? column) => column is { } index ? map.Headings[index] : null;

    private static string Excerpt(string text) => text.Length > 80 ? $"{text.AsSpan(0, 80)}…" : text;

    private static T[] Copy<T>(List<T> list) => list.Count == 0 ? [] : [.. list];
}
