using System.Buffers;
using System.Text;
using System.Text.Json;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Imports.Changes;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Imports.Rows;

/// <summary>What is said about one row; the record's id is known only after the batch is written.</summary>
internal sealed class RowWord(ReadRow row)
{
    private const int MessageLength = 1000;
    private const int SourceLength = 20_000;
    private const int ShortCell = 200;

    private static readonly JsonWriterOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private string? _code;
    private StringBuilder? _message;
    private RowChanges? _changes;

    public ReadRow Row => row;

    public ImportOutcome Outcome { get; set; }

    /// <summary>The record the row is about.</summary>
    public Entity? Target { get; set; }

    /// <summary>The person concerned, where the record is none.</summary>
    public int? InfluencerId { get; set; }

    /// <summary>What the row changes.</summary>
    public RowChanges Changes => _changes ??= new RowChanges();

    public void Refuse(string code, string message)
    {
        Outcome = ImportOutcome.Refused;
        Target = null;
        (_code, _message, _changes) = (code, null, null);
        Add(message);
    }

    /// <summary>The row is imported; this is to be known all the same.</summary>
    public void Note(string code, string message)
    {
        _code ??= code;
        Add(message);
    }

    public ImportRow ToRow(int importId, IReadOnlyList<string> headings) => new(
        importId,
        row.Row.Line,
        Outcome,
        InfluencerId ?? (Target is Influencer { Id: > 0 and var person } ? person : null),
        _code,
        _message is null ? null : SearchTextOf.Cut(_message.ToString(), MessageLength),
        Outcome == ImportOutcome.Refused ? Source(headings) : null,
        Target is not Influencer and { Id: > 0 and var target } ? target : null,
        Outcome is ImportOutcome.Created or ImportOutcome.Updated ? _changes?.ToJson() : null);

    private void Add(string message)
    {
        // A word is one line of text, whatever stood in the cell it quotes.
        var line = message.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && !message.Any(char.IsControl) ? message : string.Concat(message.Select(c => char.IsControl(c) ? ' ' : c));
        if (_message is null)
        {
            _message = new StringBuilder(line);
        }
        else if (_message.Length < MessageLength)
        {
            _message.Append(' ').Append(line);
        }
    }

    /// <summary>The row as the file writes it or, of a table, its cells by heading, in the file's order; cut where they are longer than anything that could have been a contact.</summary>
    private string Source(IReadOnlyList<string> headings)
    {
        var cells = row.Row.Cells;
        var text = row.Row.Source is { } whole ? Write([RejectedCards.Heading], [whole]) : Write(headings, cells);
        if (text.Length > SourceLength)
        {
            text = Write(headings, [.. cells.Take(40).Select(c => SearchTextOf.Cut(c, ShortCell))]);
        }

        return text.Length > SourceLength ? "{}" : text;
    }

    private static string Write(IReadOnlyList<string> headings, string[] cells)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            for (var i = 0; i < cells.Length; i++)
            {
                // PostgreSQL stores no NUL; half a surrogate is no text anywhere.
                json.WriteString(i < headings.Count ? Storable(headings[i]) : "", Storable(cells[i]));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Storable(string text) =>
        text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
