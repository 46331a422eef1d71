using InfluencerCrm.Core.Imports.Mapping;

namespace InfluencerCrm.Core.Imports.People;

/// <summary>What a row says, after its names of outlets and topics were looked up.</summary>
/// <param name="Emails">Those that this person may hold, the person's own first.</param>
/// <param name="Tags">With the topics that no topic here is called by.</param>
/// <param name="Source">Which import this is, for what must say where it comes from.</param>
internal sealed record RowValues(PersonRow Row, IReadOnlyList<PersonEmail> Emails, int? OutletId, IReadOnlyList<(int Id, string Name)> Topics, IReadOnlyList<string> Tags, string Source)
{
    /// <summary>False where the name only stands for one that the file does not give.</summary>
    public bool HasName => !Row.IsDesk && !(Row.Emails.Count > 0 && Row.DisplayName == Row.Emails[0].Value);

    /// <summary>What a person's record has no column for goes to its notes, so that nothing of the file is lost.</summary>
    public IEnumerable<string> NoteLines()
    {
        if (OutletId is null && Row.Function is not null)
        {
            yield return $"Function: {Row.Function}";
        }

        if (Row.Url is not null)
        {
            yield return $"Web: {Row.Url}";
        }

        if (Row.Blog is not null)
        {
            yield return $"Blog: {Row.Blog}";
        }

        if (Row.Twitter is not null)
        {
            yield return $"X: {Row.Twitter}";
        }
    }
}
