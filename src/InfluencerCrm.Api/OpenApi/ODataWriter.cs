using InfluencerCrm.Core.Data;
using Microsoft.OData.Edm;
using Microsoft.OpenApi;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>What the descriptions of all sets write with.</summary>
internal sealed class ODataWriter(Operations operations, EdmSchemas schemas, RequestParts ask, RowAnswers answers)
{
    /// <summary>Errors of what reads a body and makes a row.</summary>
    public static readonly int[] OfBodies = [400, 409, 413, 415, 422];

    public RequestParts Ask => ask;

    public RowAnswers Answers => answers;

    public EdmSchemas Schemas => schemas;

    public void Add(string path, HttpMethod method, Described described) => operations.Add(path, method, described);

    /// <summary>PATCH and PUT of one row.</summary>
    public void Change(string path, Type changes, IEdmEntityType type, string tag, IEnumerable<IOpenApiParameter> keys, bool erasable)
    {
        var noun = Words.Of(OData.EdmTypes.ClrTypeOf(type));
        foreach (var (method, verb, says, text) in new[]
        {
            (HttpMethod.Patch, "update", "Changes", "Members that are not sent stay; null empties a member."),
            (HttpMethod.Put, "replace", "Replaces", "Members that are not sent become what they are in a new row."),
        })
        {
            Add(path, method, new Described($"{verb}{type.Name}", tag, $"{says} one {noun}", text)
            {
                Parameters = [.. keys, ask.IfMatch(), ask.PreferReturn()],
                Body = operations.JsonBody(changes.Name, schemas.Record(changes), BodyExamples.Of(type.Name).Body, XmlDocs.Of(changes) ?? "The members to change."),
                Answers = [("200", answers.One(type)), ("204", answers.Minimal())],
                Errors = [404, 412, 428, .. OfBodies, .. erasable ? [410] : Array.Empty<int>()],
            });
        }
    }

    /// <param name="written">By the record of the row's changes, with the rows inside; otherwise by a record of its own.</param>
    public IOpenApiRequestBody BodyOfNew(Type record, IEdmEntityType type, bool written) => operations.JsonBody(
        written ? $"New{type.Name}" : record.Name,
        written ? schemas.New(record, type, top: true) : schemas.Record(record),
        BodyExamples.Of(type.Name).Body,
        XmlDocs.Of(record) ?? "The new row.");

    /// <summary>What an action takes; without a member that must be there the body may be left out.</summary>
    public IOpenApiRequestBody BodyOf(Type record)
    {
        var schema = schemas.Record(record);
        return operations.JsonBody(record.Name, schema, BodyExamples.Of(record.Name).Body, XmlDocs.Of(record) ?? "What the action takes.", required: EdmSchemas.RequiredOf(record) is not null);
    }

    public IOpenApiRequestBody BodyOfLink() => operations.JsonBody("Link", schemas.Link(), null, "The row that is meant.");
}
