namespace InfluencerCrm.Core.Exports;

/// <summary>A cell that lists several; most list one or none, which costs no new text.</summary>
internal struct JoinedText
{
    private string? _texts;
    private bool _several;

    /// <summary>A single text with a comma says by its semicolon that it is one.</summary>
    public readonly string? Cell =>
        _texts is not null && !_several && _texts.Contains(',', StringComparison.Ordinal) && !_texts.Contains(';', StringComparison.Ordinal) ? $"{_texts};" : _texts;

    public void Add(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        _several = _texts is not null;
        _texts = _texts is null ? text : $"{_texts}; {text}";
    }
}
