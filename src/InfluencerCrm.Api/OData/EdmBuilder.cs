using System.Linq.Expressions;
using System.Reflection;
using InfluencerCrm.Core.Data;
using Microsoft.OData.Edm;
using Microsoft.OData.ModelBuilder;

namespace InfluencerCrm.Api.OData;

/// <summary>
/// Writes the EDM: a property is in the API only because a part names it here. Names become camelCase; every set has
/// <c>id</c>, <c>version</c> (the ETag's source), <c>createdAt</c> and <c>updatedAt</c>.
/// </summary>
internal sealed class EdmBuilder
{
    private readonly ODataModelBuilder _builder = new() { Namespace = "InfluencerCrm", ContainerName = "Container" };
    private readonly List<Action> _navigations = [];
    private readonly List<(Type Row, string Name, bool IsFunction)> _operations = [];
    private readonly Dictionary<Type, EntitySetConfiguration> _sets = [];

    /// <summary>An entity set with the named properties.</summary>
    /// <param name="name">The set's name in the URL.</param>
    /// <param name="properties">An anonymous object of the properties: <c>o =&gt; new { o.Name, o.Kind }</c>.</param>
    public EntityPart<T> Set<T>(string name, Expression<Func<T, object>> properties)
        where T : class, IRow
    {
        var part = Type(properties);
        _sets[typeof(T)] = _builder.AddEntitySet(name, part.Configuration);
        return part;
    }

    /// <summary>An entity type that is reached through its owner only.</summary>
    public EntityPart<T> Type<T>(Expression<Func<T, object>> properties)
        where T : class, IRow
    {
        var type = _builder.AddEntityType(typeof(T));
        type.Namespace = _builder.Namespace;
        type.Name = typeof(T).Name;
        var id = typeof(T).GetProperty("Id")!;
        type.HasKey(id);
        type.Keys.Single().Name = "id";
        foreach (var property in Named(properties))
        {
            Add(type, property);
        }

        if (typeof(IArchivable).IsAssignableFrom(typeof(T)))
        {
            Add(type, typeof(T).GetProperty(nameof(IArchivable.ArchivedAt))!);
        }

        Add(type, typeof(T).GetProperty(nameof(IRow.CreatedAt))!);
        Add(type, typeof(T).GetProperty(nameof(IRow.UpdatedAt))!);
        ((PrimitivePropertyConfiguration)Add(type, typeof(T).GetProperty(nameof(IRow.Version))!)).IsConcurrencyToken();
        return new EntityPart<T>(_builder, type, _navigations, _operations);
    }

    public IEdmModel Build()
    {
        foreach (var navigation in _navigations)
        {
            navigation();
        }

        foreach (var set in _sets.Values)
        {
            Bind(set, set.EntityType, []);
        }

        var model = (EdmModel)_builder.GetEdmModel();
        var operations = new EdmOperations(model, _builder.Namespace);
        foreach (var (row, name, isFunction) in _operations)
        {
            operations.Add(row, name, isFunction);
        }

        new EdmAnnotations(model).Add();
        return model;
    }

    /// <summary>Says for each navigation which set its rows live in, so that their links, ETags and routes are known; through contained rows too.</summary>
    private void Bind(EntitySetConfiguration set, EntityTypeConfiguration type, IReadOnlyList<MemberInfo> path)
    {
        foreach (var navigation in type.NavigationProperties.ToList())
        {
            MemberInfo[] here = [.. path, navigation.PropertyInfo];
            if (navigation.ContainsTarget)
            {
                var target = _builder.StructuralTypes.OfType<EntityTypeConfiguration>().First(t => t.ClrType == navigation.RelatedClrType);
                Bind(set, target, [.. here, target.ClrType]);
            }
            else if (_sets.TryGetValue(navigation.RelatedClrType, out var target))
            {
                set.AddBinding(navigation, target, [.. here]);
            }
        }
    }

    internal static IEnumerable<PropertyInfo> Named<T>(Expression<Func<T, object>> properties) =>
        properties.Body is NewExpression { Arguments: var arguments }
            ? arguments.Select(a => (PropertyInfo)((MemberExpression)a).Member)
            : throw new ArgumentException("Name the properties in an anonymous object.", nameof(properties));

    private PropertyConfiguration Add(StructuralTypeConfiguration type, PropertyInfo property)
    {
        var declared = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        PropertyConfiguration added;
        if (declared == typeof(LocalizedText) || declared == typeof(LocalizedWords))
        {
            AddOpenComplex(declared);
            added = type.AddComplexProperty(property);
        }
        else if (declared != typeof(string) && declared != typeof(byte[]) && ElementOf(declared) is { } element)
        {
            AddEnum(element);
            added = type.AddCollectionProperty(property);
        }
        else if (declared.IsEnum)
        {
            AddEnum(declared);
            added = type.AddEnumProperty(property);
        }
        else
        {
            added = type.AddProperty(property);
        }

        added.Name = Words.Camel(property.Name);
        if (added is StructuralPropertyConfiguration structural)
        {
            structural.NullableProperty = IsNullable(property);
        }

        return added;
    }

    internal static bool IsNullable(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || (!property.PropertyType.IsValueType && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable);

    private void AddEnum(Type type)
    {
        if (!type.IsEnum || _builder.EnumTypes.Any(e => e.ClrType == type))
        {
            return;
        }

        var added = _builder.AddEnumType(type);
        added.Namespace = _builder.Namespace;
        added.Name = type.Name;
        foreach (Enum value in Enum.GetValues(type))
        {
            added.AddMember(value).Name = Words.Camel(value.ToString());
        }
    }

    private void AddOpenComplex(Type type)
    {
        if (_builder.StructuralTypes.Any(t => t.ClrType == type))
        {
            return;
        }

        var added = _builder.AddComplexType(type);
        added.Namespace = _builder.Namespace;
        added.Name = type.Name;
        added.AddDynamicPropertyDictionary(type.GetProperty(nameof(LocalizedText.Values))!);
    }

    private static Type? ElementOf(Type type) =>
        type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
}

/// <summary>An entity of the EDM, for its navigations and operations.</summary>
internal sealed class EntityPart<T>(ODataModelBuilder builder, EntityTypeConfiguration configuration, List<Action> later, List<(Type Row, string Name, bool IsFunction)> operations)
    where T : class
{
    public EntityTypeConfiguration Configuration { get; } = configuration;

    /// <summary>Navigations to sets of their own, as an anonymous object.</summary>
    public EntityPart<T> Links(Expression<Func<T, object>> navigations) => Add(navigations, contained: false);

    /// <summary>Navigations to rows that live inside this one.</summary>
    public EntityPart<T> Contains(Expression<Func<T, object>> navigations) => Add(navigations, contained: true);

    /// <summary>A bound action, called unqualified or by its full name: <c>sendOuts(1)/schedule</c>. The controller's method says what it takes and answers.</summary>
    public EntityPart<T> Action(string name)
    {
        operations.Add((typeof(T), name, false));
        return this;
    }

    /// <summary>A bound function that answers one value; the controller's method says which.</summary>
    public EntityPart<T> Function(string name)
    {
        operations.Add((typeof(T), name, true));
        return this;
    }

    /// <summary>A bound function that answers entities of a set.</summary>
    public EntityPart<T> CollectionFunction<TResult>(string name, string set)
        where TResult : class
    {
        later.Add(() =>
        {
            var function = builder.Function(name);
            function.SetBindingParameter("row", Configuration);
            function.Namespace = Configuration.Namespace;
            function.ReturnsCollectionFromEntitySet<TResult>(set);
        });
        return this;
    }

    private EntityPart<T> Add(Expression<Func<T, object>> navigations, bool contained)
    {
        foreach (var property in EdmBuilder.Named(navigations))
        {
            later.Add(() =>
            {
                var many = property.PropertyType != typeof(string) && typeof(System.Collections.IEnumerable).IsAssignableFrom(property.PropertyType);
                var multiplicity = many ? EdmMultiplicity.Many : EdmMultiplicity.ZeroOrOne;
                var navigation = contained ? Configuration.AddContainedNavigationProperty(property, multiplicity) : Configuration.AddNavigationProperty(property, multiplicity);
                navigation.Name = Words.Camel(property.Name);
            });
        }

        return this;
    }
}
