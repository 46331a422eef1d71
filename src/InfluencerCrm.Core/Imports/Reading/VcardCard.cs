using System.Text;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>One card while its lines come. What it holds is limited, however long the card is.</summary>
internal sealed class VcardCard(int line, TableLimits limits, bool isUnicode)
{
    /// <summary>As much of a refused row as is stored.</summary>
    private const int SourceCost = 19_000;

    /// <summary>What a property costs beside its text: a card of a million short ones is as large as one of a long one.</summary>
    private const int PropertyCost = 32;

    private readonly List<VcardProperty> _properties = [];
    private readonly StringBuilder _source = new("BEGIN:VCARD\n");
    private VcardProperty? _last;
    private RowFault? _fault;
    private int _characters;
    private int _sourceCost;

    /// <summary><c>2.1</c>, <c>3.0</c> or <c>4.0</c> as a rule; null while it is not known.</summary>
    public string? Version { get; private set; }

    public void Add(VcardLines lines)
    {
        var text = lines.Text;
        if (text.IsEmpty)
        {
            return;
        }

        var property = VcardProperty.Parse(text, isUnicode);
        if (lines.IsCut)
        {
            _last = null;
            if (property is null || VcardProperty.IsRead(property.Name))
            {
                TooLong("cellTooLong", $"{property?.Name ?? "A line of the card"} is longer than {limits.CellCharacters:N0} characters.");
            }
        }
        else if (property is null)
        {
            GoOn(text);
        }
        else
        {
            Take(property);
        }
    }

    public TableRow ToRow()
    {
        var people = new VcardPerson(_properties, Version);
        var cells = people.Cells();
        var fault = _fault ?? people.Fault;
        if (fault is null && Array.Exists(cells, c => c.Length > limits.CellCharacters))
        {
            fault = new RowFault("cellTooLong", $"The card's values of one kind are longer than {limits.CellCharacters:N0} characters.");
        }

        return fault is null ? TableRow.Of(line, cells, Source) : TableRow.Faulty(line, cells, fault.Code, fault.Message, Source);
    }

    public TableRow Unclosed() =>
        TableRow.Faulty(line, new VcardPerson(_properties, Version).Cells(), "unclosedCard", "The card has no END:VCARD: something of it may be missing.", Source);

    /// <summary>Lines between two cards.</summary>
    public TableRow Stray() =>
        TableRow.Faulty(line, new VcardPerson(_properties, Version).Cells(), "strayLines", "These lines stand outside of any card: a BEGIN:VCARD may be missing.", Source);

    private string Source => _source.ToString() + "END:VCARD\n";

    private void Take(VcardProperty property)
    {
        _last = property;
        if (property.Name is not ("PHOTO" or "LOGO" or "SOUND" or "KEY" or RejectedCards.Reason))
        {
            Keep(property.Source);
        }

        if (!VcardProperty.IsRead(property.Name))
        {
            return;
        }

        if (property.Value is null)
        {
            _fault ??= new RowFault("undecodable", $"{property.Name} holds bytes that are no text in the character set it is said to be in.");
        }
        else if (property.Name == "VERSION")
        {
            Version ??= property.Value.Trim();
        }
        else if (property.Value.Length > 0 && Fits(property.Value.Length + PropertyCost))
        {
            _properties.Add(property);
        }
    }

    /// <summary>A line without a name goes on with the text before it: somebody forgot to escape a line break of a note.</summary>
    private void GoOn(ReadOnlySpan<byte> bytes)
    {
        if (VcardText.Decode(bytes, null, isUnicode) is not { } text)
        {
            _fault ??= new RowFault("undecodable", "The card holds bytes that are no text.");
            return;
        }

        if (_last is null || !VcardProperty.IsRead(_last.Name))
        {
            return;
        }

        Keep(text);
        if (Fits(text.Length))
        {
            _last.GoOn(text);
        }
    }

    private bool Fits(int characters)
    {
        if (_characters + characters > limits.RowCharacters)
        {
            TooLong("rowTooLong", $"The card is longer than {limits.RowCharacters:N0} characters.");
            return false;
        }

        _characters += characters;
        return true;
    }

    private void TooLong(string code, string message) => _fault ??= new RowFault(code, message);

    private void Keep(string text)
    {
        var cost = text.Length + 2;
        foreach (var c in text)
        {
            // Where it is stored, such a character takes six.
            cost += c is >= ' ' and <= '~' and not ('"' or '\\') || char.IsLetterOrDigit(c) ? 0 : 5;
        }

        if (_sourceCost + cost <= SourceCost)
        {
            _sourceCost += cost;
            _source.Append(text).Append('\n');
        }
    }
}
