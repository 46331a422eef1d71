using System.Collections.Frozen;
using Microsoft.OData.Edm;
using Microsoft.OData.ModelBuilder;

namespace InfluencerCrm.Api.OData;

/// <summary>From the EDM to the CLR: which class and property an EDM element stands for.</summary>
internal static class EdmTypes
{
    public static Type ClrTypeOf(IEdmType type) =>
        CrmEdm.Model.GetAnnotationValue<ClrTypeAnnotation>(type)?.ClrType ?? throw new InvalidOperationException($"{type.FullTypeName()} has no class.");

    public static string ClrNameOf(IEdmProperty property) =>
        CrmEdm.Model.GetAnnotationValue<ClrPropertyInfoAnnotation>(property)?.ClrPropertyInfo.Name ?? property.Name;

    public static IEdmEntityType EntityTypeOf(Type clr) => Entities.Value[clr];

    private static readonly Lazy<FrozenDictionary<Type, IEdmEntityType>> Entities =
        new(() => CrmEdm.Model.SchemaElements.OfType<IEdmEntityType>().ToFrozenDictionary(t => ClrTypeOf(t)));
}
