namespace InfluencerCrm.Mail.Dns;

/// <summary>The DNS gave no answer, or none that says whether there is a record.</summary>
internal sealed class DnsFault(string message, Exception? inner = null) : Exception(message, inner);
