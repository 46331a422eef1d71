using InfluencerCrm.Core.Data;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.V1;
using Microsoft.OData.ModelBuilder;

namespace InfluencerCrm.Api.OData;

/// <summary>
/// Says in <c>$metadata</c> what is not to be written: properties that the product sets itself (<c>Core.Computed</c>; they are passed over in
/// bodies), and sets that do not take new rows, changes or deletes (<c>Capabilities</c>). Both are read off the code that decides it.
/// </summary>
internal sealed class EdmAnnotations(EdmModel model)
{
    public void Add()
    {
        foreach (var type in model.SchemaElements.OfType<IEdmEntityType>().ToList())
        {
            Computed(type);
        }

        foreach (var set in model.EntityContainer.EntitySets().ToList())
        {
            var methods = Controllers.Of(ClrOf(set.EntityType))?.GetMethods().Select(m => m.Name).ToHashSet(StringComparer.Ordinal) ?? [];
            Restrict(set, "InsertRestrictions", "Insertable", methods.Contains("Post"));
            Restrict(set, "UpdateRestrictions", "Updatable", methods.Contains("Patch"));
            Restrict(set, "DeleteRestrictions", "Deletable", methods.Contains("Delete"));
        }
    }

    private void Computed(IEdmEntityType type)
    {
        var clr = ClrOf(type);
        var changes = clr.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IWritable<,>))?.GetGenericArguments()[1];
        if (changes is null)
        {
            // Nothing is written there at all, or by a request of another shape: the restrictions of the set and the owner say so.
            return;
        }

        foreach (var property in type.DeclaredStructuralProperties())
        {
            var name = model.GetAnnotationValue<ClrPropertyInfoAnnotation>(property)?.ClrPropertyInfo.Name;
            if (name is null || changes.GetProperty(name) is null)
            {
                Write(property, CoreVocabularyModel.ComputedTerm, new EdmBooleanConstant(true));
            }
        }
    }

    private void Restrict(IEdmEntitySet set, string term, string member, bool allowed)
    {
        if (!allowed)
        {
            var found = CapabilitiesVocabularyModel.Instance.FindDeclaredTerm("Org.OData.Capabilities.V1." + term);
            Write(set, found, new EdmRecordExpression(new EdmPropertyConstructor(member, new EdmBooleanConstant(false))));
        }
    }

    private void Write(IEdmVocabularyAnnotatable target, IEdmTerm term, IEdmExpression value)
    {
        var annotation = new EdmVocabularyAnnotation(target, term, value);
        annotation.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
        model.AddVocabularyAnnotation(annotation);
    }

    private Type ClrOf(IEdmEntityType type) => model.GetAnnotationValue<ClrTypeAnnotation>(type).ClrType;
}
