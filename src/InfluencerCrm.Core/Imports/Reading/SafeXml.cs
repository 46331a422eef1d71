using System.Xml;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>How XML of strangers is read: no DTD, no entity of its own, nothing fetched from elsewhere.</summary>
internal static class SafeXml
{
    public static XmlReaderSettings Settings { get; } = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
        CheckCharacters = false,
        MaxCharactersFromEntities = 1024,
    };
}
