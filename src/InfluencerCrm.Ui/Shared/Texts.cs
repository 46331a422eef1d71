namespace InfluencerCrm.Ui.Shared;

/// <summary>Names the resource files <c>Texts.resx</c> (English) and <c>Texts.fr.resx</c>.</summary>
public sealed class Texts;
