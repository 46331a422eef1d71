using System.Text.Json;
using InfluencerCrm.Api.OData.Reading;
using Microsoft.AspNetCore.Http;

namespace InfluencerCrm.Api.OData.Deltas;

/// <summary>One row that left the answer.</summary>
/// <param name="Id">The row's address.</param>
/// <param name="Reason"><c>deleted</c>, or <c>changed</c> where the row lives on outside the answer.</param>
internal sealed record RemovedRow(string Id, string Reason)
{
    /// <summary>In the form of the answer's version: an entry of its own kind (OData JSON Format 4.0 §14.1), or one marked as removed (4.01 §15.3).</summary>
    public void Write(Utf8JsonWriter json, RowWriter writer, HttpRequest request, string set)
    {
        json.WriteStartObject();
        if (writer.IsNewest)
        {
            json.WriteStartObject("@removed");
            json.WriteString("reason", Reason);
            json.WriteEndObject();
            json.WriteString("@id", Id);
        }
        else
        {
            json.WriteString("@odata.context", $"{JsonAnswer.Root(request)}$metadata#{set}/$deletedEntity");
            json.WriteString("id", Id);
            json.WriteString("reason", Reason);
        }

        json.WriteEndObject();
    }
}
