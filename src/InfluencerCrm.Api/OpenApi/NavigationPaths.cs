using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.OData.Searching;
using InfluencerCrm.Core.Data;
using Microsoft.OData.Edm;
using Microsoft.OpenApi;
using static InfluencerCrm.Api.OpenApi.WordsOf;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>What leads from one row of a set to others: the rows themselves, and the links to them.</summary>
internal sealed class NavigationPaths(ODataWriter writer, IEdmEntitySet set, bool isWritten)
{
    private readonly IEdmEntityType _type = set.EntityType;
    private readonly string _noun = Words.Of(EdmTypes.ClrTypeOf(set.EntityType));
    private readonly string _path = $"{ODataPaths.Prefix}/{set.Name}({{id}})";

    private RequestParts Ask => writer.Ask;

    private RowAnswers Answers => writer.Answers;

    public void Add()
    {
        foreach (var navigation in _type.NavigationProperties())
        {
            if (navigation.TargetMultiplicity() == EdmMultiplicity.Many)
            {
                Many(navigation);
            }
            else
            {
                Single(navigation);
            }
        }

        Links();
    }

    private void Single(IEdmNavigationProperty navigation)
    {
        var target = navigation.ToEntityType();
        writer.Add($"{_path}/{navigation.Name}", HttpMethod.Get, new Described($"get{Upper(navigation.Name)}Of{_type.Name}", set.Name, $"Reads the {Name(navigation.Name)} of one {_noun}", "The row that the link leads to; 204 when it is empty.")
        {
            Parameters = [Ask.Id(), Ask.Select(), Ask.Expand()],
            Answers = [("200", Answers.One(target)), ("204", Answers.Nothing())],
            Errors = [400, 404],
        });
    }

    private void Many(IEdmNavigationProperty navigation)
    {
        var target = navigation.ToEntityType();
        var row = EdmTypes.ClrTypeOf(target);
        var path = $"{_path}/{navigation.Name}";
        writer.Add(path, HttpMethod.Get, new Described($"list{Upper(navigation.Name)}Of{_type.Name}", set.Name, $"Lists the {Name(navigation.Name)} of one {_noun}", XmlDocs.Of(row) ?? "The rows that hang on this one.")
        {
            Parameters = [Ask.Id(), .. Ask.Collection(SearchColumns.ForSearch(row) is not null, typeof(IArchivable).IsAssignableFrom(row), followed: false)],
            Answers = [("200", Answers.Page(target))],
            Errors = [400, 404],
        });
        if (!isWritten || InlineRow.ChangesOf(navigation) is not { } changes)
        {
            return;
        }

        var inside = navigation.ContainsTarget;
        writer.Add(path, HttpMethod.Post, new Described(inside ? $"create{target.Name}" : $"add{target.Name}To{_type.Name}", set.Name, $"Adds to the {Name(navigation.Name)} of one {_noun}", inside ? "Creates a row inside this one." : $"Creates a {Words.Of(row)} of this {_noun}.")
        {
            Parameters = [Ask.Id(), Ask.IdempotencyKey(), Ask.PreferReturn()],
            Body = writer.BodyOfNew(changes, target, written: true),
            Answers = [("201", Answers.Created(target)), ("204", Answers.CreatedMinimal())],
            Errors = [404, .. ODataWriter.OfBodies],
        });
        if (inside)
        {
            Inside(navigation, changes);
        }
    }

    /// <summary>One row that lives inside its owner.</summary>
    private void Inside(IEdmNavigationProperty navigation, Type changes)
    {
        var target = navigation.ToEntityType();
        var noun = Words.Of(EdmTypes.ClrTypeOf(target));
        var path = $"{_path}/{navigation.Name}({{relatedId}})";
        IOpenApiParameter[] keys = [Ask.Id(), Ask.RelatedId()];
        writer.Add(path, HttpMethod.Get, new Described($"get{target.Name}", set.Name, $"Reads one {noun}", $"One of the {Name(navigation.Name)} by its key.")
        {
            Parameters = [.. keys, Ask.Select(), Ask.Expand(), Ask.IfNoneMatch()],
            Answers = [("200", Answers.One(target)), ("304", Answers.NotModified())],
            Errors = [400, 404],
        });
        writer.Change(path, changes, target, set.Name, keys, erasable: false);
        writer.Add(path, HttpMethod.Delete, new Described($"delete{target.Name}", set.Name, $"Removes one {noun}", $"Takes it out of the {Name(navigation.Name)} for good.")
        {
            Parameters = [.. keys, Ask.IfMatch()],
            Answers = [("204", Answers.Done())],
            Errors = [400, 404, 409, 412, 428],
        });
    }

    /// <summary>One path for the links of a set, with the link's name as its parameter: a path for each link would say the same a hundred times.</summary>
    private void Links()
    {
        var all = _type.NavigationProperties().ToList();
        var single = all.Where(n => n.TargetMultiplicity() != EdmMultiplicity.Many && !n.ContainsTarget).ToList();
        var many = all.Where(n => n.TargetMultiplicity() == EdmMultiplicity.Many && !n.ContainsTarget).ToList();
        Link(HttpMethod.Get, all, $"listLinksOf{_type.Name}", $"Reads the links of one {_noun}", "The addresses of the rows that a navigation leads to, without the rows; 204 when a single link is empty.", [("200", Answers.Links()), ("204", Answers.Nothing())], [400, 404]);
        if (!isWritten)
        {
            return;
        }

        Link(HttpMethod.Put, single, $"setLinkOf{_type.Name}", $"Sets a link of one {_noun}", "A single link leads to the row that is named; the same as writing the member that holds its id.", [("204", Answers.Done())], [400, 404, 409, 412, 415, 422, 428], Ask.IfMatch());
        Link(HttpMethod.Post, many, $"addLinkTo{_type.Name}", $"Takes a row into a collection of one {_noun}", "The row that is named belongs to this one from now on.", [("204", Answers.Done())], [400, 404, 409, 415, 422], Ask.IdempotencyKey());
        Link(HttpMethod.Delete, [.. single, .. many], $"removeLinkOf{_type.Name}", $"Empties a link of one {_noun}, or takes a row out of a collection", "A single link leads to nothing afterwards. Of a collection, `$id` names the row that is to leave it; the row itself stays.", [("204", Answers.Done())], [400, 404, 409, 412, 422, 428], Ask.LinkedRow(), Ask.IfMatchOfLink());
    }

    private void Link(HttpMethod method, List<IEdmNavigationProperty> links, string id, string summary, string text, (string Status, IOpenApiResponse Answer)[] answers, int[] errors, params IOpenApiParameter[] parameters)
    {
        if (links.Count == 0)
        {
            return;
        }

        var link = new OpenApiParameter
        {
            Name = "link", In = ParameterLocation.Path, Required = true, Description = "Name of the navigation.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. links.Select(l => (System.Text.Json.Nodes.JsonNode)l.Name)] },
        };
        writer.Add($"{_path}/{{link}}/$ref", method, new Described(id, set.Name, summary, text)
        {
            Parameters = [Ask.Id(), link, .. parameters],
            Body = method == HttpMethod.Put || method == HttpMethod.Post ? writer.BodyOfLink() : null,
            Answers = answers,
            Errors = errors,
        });
    }
}
