using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.Data;
using Microsoft.OData.Edm;
using Microsoft.OData.ModelBuilder;

namespace InfluencerCrm.Api.OData;

/// <summary>
/// Writes the bound actions and functions into the EDM. What they take and answer is said once, by <see cref="BodyAttribute"/> and
/// <see cref="AnswerAttribute"/> on the controller's method: clients that are generated from <c>$metadata</c> pass and get only what it names.
/// </summary>
internal sealed class EdmOperations(EdmModel model, string schema)
{
    private readonly Dictionary<Type, IEdmType> _types = model.SchemaElements.OfType<IEdmType>()
        .Select(t => (Type: t, Clr: model.GetAnnotationValue<ClrTypeAnnotation>(t)?.ClrType))
        .Where(t => t.Clr is not null)
        .ToDictionary(t => t.Clr!, t => t.Type);

    public void Add(Type row, string name, bool isFunction)
    {
        var method = Controllers.Of(row)?.GetMethods().FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException($"No controller of {row.Name} has a method {name}.");
        var answered = method.GetCustomAttribute<AnswerAttribute>() is { } answer ? answer.Record ?? row : null;
        var path = answered == row ? new EdmPathExpression("row") : null;
        EdmOperation operation = isFunction
            ? new EdmFunction(schema, name, Reference(answered ?? throw new InvalidOperationException($"{method.Name} does not say what it answers."), nullable: false), isBound: true, path, isComposable: false)
            : new EdmAction(schema, name, answered is null ? null : Reference(answered, nullable: false), isBound: true, path);
        operation.AddParameter("row", Reference(row, nullable: false));
        foreach (var property in method.GetCustomAttribute<BodyAttribute>()?.Record.GetProperties(BindingFlags.Public | BindingFlags.Instance) ?? [])
        {
            Parameter(operation, property);
        }

        model.AddElement(operation);
    }

    private void Parameter(EdmOperation operation, PropertyInfo property)
    {
        var nullable = EdmBuilder.IsNullable(property);
        var type = Reference(property.PropertyType, nullable);
        var mayBeLeftOut = nullable || (property.PropertyType.IsValueType && property.GetCustomAttribute<RequiredMemberAttribute>() is null);
        if (mayBeLeftOut)
        {
            operation.AddOptionalParameter(Words.Camel(property.Name), type);
        }
        else
        {
            operation.AddParameter(Words.Camel(property.Name), type);
        }
    }

    private IEdmTypeReference Reference(Type declared, bool nullable)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (Primitive(type) is { } kind)
        {
            return EdmCoreModel.Instance.GetPrimitive(kind, nullable);
        }

        if (type.IsEnum)
        {
            return new EdmEnumTypeReference((IEdmEnumType)Known(type, Enumeration), nullable);
        }

        if (typeof(IRow).IsAssignableFrom(type))
        {
            return new EdmEntityTypeReference((IEdmEntityType)_types[type], nullable);
        }

        if (ItemOf(type) is { IsGenericType: true } pair && pair.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
        {
            return new EdmComplexTypeReference((IEdmComplexType)Known(pair, Counts), nullable);
        }

        return ItemOf(type) is { } item
            ? new EdmCollectionTypeReference(new EdmCollectionType(Reference(item, nullable: false)))
            : new EdmComplexTypeReference((IEdmComplexType)Known(type, Complex), nullable);
    }

    private static EdmPrimitiveTypeKind? Primitive(Type type) =>
        type == typeof(string) ? EdmPrimitiveTypeKind.String
        : type == typeof(bool) ? EdmPrimitiveTypeKind.Boolean
        : type == typeof(int) ? EdmPrimitiveTypeKind.Int32
        : type == typeof(long) ? EdmPrimitiveTypeKind.Int64
        : type == typeof(double) ? EdmPrimitiveTypeKind.Double
        : type == typeof(DateTime) ? EdmPrimitiveTypeKind.DateTimeOffset
        : null;

    private IEdmType Known(Type type, Func<Type, IEdmSchemaType> make)
    {
        if (!_types.TryGetValue(type, out var known))
        {
            var made = make(type);
            model.AddElement(made);
            _types[type] = known = made;
        }

        return known;
    }

    private EdmEnumType Enumeration(Type type)
    {
        var made = new EdmEnumType(schema, type.Name);
        foreach (Enum value in Enum.GetValues(type))
        {
            made.AddMember(Words.Camel(value.ToString()), new EdmEnumMemberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)));
        }

        return made;
    }

    private EdmComplexType Complex(Type record)
    {
        var made = new EdmComplexType(schema, record.Name);
        foreach (var property in record.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            made.AddStructuralProperty(Words.Camel(property.Name), Reference(property.PropertyType, EdmBuilder.IsNullable(property)));
        }

        return made;
    }

    /// <summary>A number by each value of an enumeration: its members may be missing, and later versions may bring more.</summary>
    private EdmComplexType Counts(Type pair)
    {
        var made = new EdmComplexType(schema, pair.GetGenericArguments()[0].Name + "Counts", null, isAbstract: false, isOpen: true);
        foreach (var name in Enum.GetNames(pair.GetGenericArguments()[0]))
        {
            made.AddStructuralProperty(Words.Camel(name), Reference(pair.GetGenericArguments()[1], nullable: true));
        }

        return made;
    }

    private static Type? ItemOf(Type type) =>
        typeof(IEnumerable).IsAssignableFrom(type)
            ? type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0]
            : null;
}
