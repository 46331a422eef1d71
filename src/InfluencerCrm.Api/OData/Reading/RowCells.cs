using System.Collections.Concurrent;
using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>How the value of a property is taken from what the database answered: as its mapping says, without the object that EF would make of the row.</summary>
internal static class RowCells
{
    private static readonly object True = true;
    private static readonly object False = false;
    private static readonly ConcurrentDictionary<IProperty, Func<DbDataReader, int, object?>> Cells = new();

    public static Func<DbDataReader, int, object?> Of(IProperty property) => Cells.GetOrAdd(property, Make);

    private static Func<DbDataReader, int, object?> Make(IProperty property)
    {
        var mapping = property.GetRelationalTypeMapping();
        var reader = Expression.Parameter(typeof(DbDataReader), "reader");
        var column = Expression.Parameter(typeof(int), "column");
        var method = mapping.GetDataReaderMethod();
        Expression value = mapping.CustomizeDataReaderExpression(Expression.Call(method.DeclaringType!.IsAssignableFrom(typeof(DbDataReader)) ? reader : Expression.Convert(reader, method.DeclaringType), method, column));
        var clr = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (clr.IsEnum && value.Type == typeof(string))
        {
            return OrNothing(property, Enums(clr, Expression.Lambda<Func<DbDataReader, int, string>>(value, reader, column).Compile()));
        }

        if (mapping.Converter is { } converter)
        {
            if (value.Type != converter.ProviderClrType)
            {
                value = Expression.Convert(value, converter.ProviderClrType);
            }

            value = new Replacer(converter.ConvertFromProviderExpression.Parameters[0], value).Visit(converter.ConvertFromProviderExpression.Body)!;
        }

        // A box for each truth value would be most of what a page leaves to the garbage collector.
        value = clr == typeof(bool)
            ? Expression.Condition(Expression.Convert(value, typeof(bool)), Expression.Constant(True, typeof(object)), Expression.Constant(False, typeof(object)))
            : Expression.Convert(value, typeof(object));
        return OrNothing(property, Expression.Lambda<Func<DbDataReader, int, object?>>(value, reader, column).Compile());
    }

    private static Func<DbDataReader, int, object?> OrNothing(IProperty property, Func<DbDataReader, int, object?> value) =>
        property.IsNullable ? (reader, column) => reader.IsDBNull(column) ? null : value(reader, column) : value;

    // Their texts are few; each is parsed and boxed once.
    private static Func<DbDataReader, int, object?> Enums(Type clr, Func<DbDataReader, int, string> text)
    {
        var known = new ConcurrentDictionary<string, object>(StringComparer.Ordinal);
        foreach (var member in Enum.GetValues(clr))
        {
            known[member.ToString()!] = member;
        }

        // Several flags are one text: "Read, Write".
        return (reader, column) => known.GetOrAdd(text(reader, column), static (name, type) => Enum.TryParse(type, name, out var several) ? several!
            : throw new InvalidOperationException($"{type.Name} has no member of the name that a row holds."), clr);
    }
}
