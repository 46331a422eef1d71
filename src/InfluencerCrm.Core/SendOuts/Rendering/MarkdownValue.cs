namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>Text that our own team wrote as Markdown, and that keeps its formatting where the template outputs it untouched.</summary>
internal sealed record MarkdownValue(string Text)
{
    public static object? From(string? text) => string.IsNullOrWhiteSpace(text) ? null : new MarkdownValue(text);

    public override string ToString() => Text;
}
