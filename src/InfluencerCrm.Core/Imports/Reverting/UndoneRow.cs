using System.Text;

namespace InfluencerCrm.Core.Imports.Reverting;

/// <summary>What is said of one row while it is taken back.</summary>
internal sealed class UndoneRow(ImportRow row)
{
    private readonly StringBuilder _notes = new();

    public ImportRow Row => row;

    /// <summary>Whether anything of the row was taken back.</summary>
    public bool IsUndone { get; set; }

    /// <summary>The record the row had created is gone.</summary>
    public bool IsRemoved { get; set; }

    public void Note(string sentence) => _notes.Append(_notes.Length == 0 ? "" : " ").Append(sentence);

    public void Settle() =>
        row.Revert(IsRemoved ? RevertOutcome.Removed : IsUndone ? RevertOutcome.PutBack : RevertOutcome.Kept, _notes.Length == 0 ? null : _notes.ToString());
}
