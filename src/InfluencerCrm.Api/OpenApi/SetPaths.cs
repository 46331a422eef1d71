using System.Reflection;
using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.OData.Searching;
using InfluencerCrm.Core.Changes;
using InfluencerCrm.Core.Data;
using Microsoft.OData.Edm;
using Microsoft.OpenApi;
using static InfluencerCrm.Api.OpenApi.WordsOf;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>The paths of one entity set: the collection, one row, and what is bound to it.</summary>
internal sealed class SetPaths(ODataWriter writer, IEdmEntitySet set, Type controller)
{
    private readonly IEdmEntityType _type = set.EntityType;
    private readonly Type _row = EdmTypes.ClrTypeOf(set.EntityType);
    private readonly string _noun = Words.Of(EdmTypes.ClrTypeOf(set.EntityType));
    private readonly Type? _changes = ChangesOf(controller);
    private readonly string _path = $"{ODataPaths.Prefix}/{set.Name}";

    private RequestParts Ask => writer.Ask;

    private RowAnswers Answers => writer.Answers;

    private bool IsErasable => typeof(IErasable).IsAssignableFrom(_row);

    private IEnumerable<int> Gone => IsErasable ? [410] : [];

    public void Add()
    {
        List();
        Create();
        One();
        new NavigationPaths(writer, set, _changes is not null).Add();
        foreach (var operation in CrmEdm.Model.FindDeclaredBoundOperations(_type))
        {
            Bound(operation);
        }
    }

    private void List()
    {
        var followed = FollowedSet.Of(_row) is not null;
        var searched = SearchColumns.ForSearch(_row) is not null;
        var about = XmlDocs.Of(controller) ?? XmlDocs.Of(_row) ?? "";
        writer.Add(_path, HttpMethod.Get, new Described($"list{Upper(set.Name)}", set.Name, $"Lists {Name(set.Name)}", about + (followed ? " With `Prefer: odata.track-changes` the last page has a delta link." : ""))
        {
            Parameters = Ask.Collection(searched, typeof(IArchivable).IsAssignableFrom(_row), followed),
            Answers = [("200", Answers.Page(_type))],
            Errors = followed ? [400, 410] : [400],
        });
        writer.Add($"{_path}/$count", HttpMethod.Get, new Described($"count{Upper(set.Name)}", set.Name, $"Counts {Name(set.Name)}", "The number of rows that match, without the rows.")
        {
            Parameters = Ask.Count(searched),
            Answers = [("200", Answers.Count())],
            Errors = [400],
        });
    }

    private void Create()
    {
        var post = controller.GetMethod("Post");
        if (post is null)
        {
            return;
        }

        var own = post.GetCustomAttribute<BodyAttribute>()?.Record;
        var answer = post.GetCustomAttribute<AnswerAttribute>()?.Record;
        var inside = InlineRow.Of(_type, top: true).Select(n => $"`{n.Name}`").ToList();
        var text = own is not null ? XmlDocs.Of(post)! : "Members that are not sent get their defaults." + (inside.Count == 0 ? "" : $" {string.Join(", ", inside)} may be sent inside, up to {InlineRow.Most} rows in all; they are written in the same transaction.");
        writer.Add(_path, HttpMethod.Post, new Described($"create{_type.Name}", set.Name, $"Creates one {_noun}", text)
        {
            Parameters = [Ask.IdempotencyKey(), .. answer is null ? [Ask.PreferReturn()] : Array.Empty<IOpenApiParameter>()],
            Body = writer.BodyOfNew(own ?? _changes!, _type, written: own is null),
            Answers = answer is not null ? [("201", Answers.Record(answer, created: true))] : [("201", Answers.Created(_type)), ("204", Answers.CreatedMinimal())],
            Errors = ODataWriter.OfBodies,
        });
    }

    private void One()
    {
        var path = $"{_path}({{id}})";
        writer.Add(path, HttpMethod.Get, new Described($"get{_type.Name}", set.Name, $"Reads one {_noun}", "One row by its key; with `$expand` what hangs on it.")
        {
            Parameters = [Ask.Id(), Ask.Select(), Ask.Expand(), Ask.IfNoneMatch()],
            Answers = [("200", Answers.One(_type)), ("304", Answers.NotModified())],
            Errors = [400, 404, .. Gone],
        });
        if (_changes is not null)
        {
            writer.Change(path, _changes, _type, set.Name, [Ask.Id()], IsErasable);
        }

        if (controller.GetMethod("Delete") is { } delete)
        {
            writer.Add(path, HttpMethod.Delete, new Described($"delete{_type.Name}", set.Name, $"Deletes one {_noun}", XmlDocs.Of(delete)!)
            {
                Parameters = [Ask.Id(), Ask.IfMatch()],
                Answers = [("204", Answers.Done())],
                Errors = [400, 404, 409, 412, 428, .. Gone],
            });
        }
    }

    private void Bound(IEdmOperation operation)
    {
        var method = controller.GetMethods().FirstOrDefault(m => string.Equals(m.Name, operation.Name, StringComparison.OrdinalIgnoreCase));
        if (method is null)
        {
            return;
        }

        var reads = operation is IEdmFunction;
        var many = operation.GetReturn()?.Type?.Definition is IEdmCollectionType { ElementType.Definition: IEdmEntityType rows } ? rows : null;
        var body = method.GetCustomAttribute<BodyAttribute>()?.Record;
        var text = XmlDocs.Of(method) ?? throw new InvalidOperationException($"{controller.Name}.{method.Name} has no summary.");
        writer.Add($"{_path}({{id}})/{operation.Name}{(reads ? "()" : "")}", reads ? HttpMethod.Get : HttpMethod.Post, new Described(
            reads && many is null ? $"get{_type.Name}{Upper(operation.Name)}" : Action(operation.Name, _type.Name), set.Name, FirstClause(text), text)
        {
            Parameters = [Ask.Id(), .. many is not null ? Ask.Collection(searched: true, archived: false, followed: false) : [], .. reads ? Array.Empty<IOpenApiParameter>() : [Ask.IdempotencyKey()]],
            Body = body is null ? null : writer.BodyOf(body),
            Answers = [("200", many is not null ? Answers.Page(many) : AnswerOf(method.GetCustomAttribute<AnswerAttribute>()?.Record))],
            Errors = reads ? [400, 404, .. Gone] : [400, 404, 409, 415, 422, .. Gone],
        });
    }

    private IOpenApiResponse AnswerOf(Type? record) =>
        record is null ? Answers.One(_type)
        : typeof(IRow).IsAssignableFrom(record) ? Answers.One(EdmTypes.EntityTypeOf(record))
        : Answers.Record(record);

    private static Type? ChangesOf(Type controller)
    {
        for (var type = controller; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(WriteController<,>))
            {
                return type.GetGenericArguments()[1];
            }
        }

        return null;
    }
}
