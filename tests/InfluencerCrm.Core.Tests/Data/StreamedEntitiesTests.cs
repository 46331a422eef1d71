using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Tests.Data;

/// <summary>A stream converts nothing, so each column of each table is tried with all kinds of values that its type knows.</summary>
public sealed class StreamedEntitiesTests : DatabaseTest
{
    private const int Rows = 40;
    private static readonly MethodInfo WriteMethod = typeof(StreamedEntitiesTests).GetMethod(nameof(WriteAsync), BindingFlags.Instance | BindingFlags.NonPublic)!;
    private readonly Random _dice = new(20261127);

    [DatabaseFact(Only = "PostgreSql")]
    public async Task AStreamedRow_IsStoredAsAStatementStoresIt_ForEveryEntity()
    {
        await using var scope = Database.As(Actor.System);
        await scope.Db.Database.OpenConnectionAsync(Ct);

        // What the rows refer to is not there, and is not what this is about.
        await scope.Db.Database.ExecuteSqlRawAsync("SET session_replication_role = replica", Ct);
        var tried = new List<Type>();
        foreach (var entity in scope.Db.Model.GetEntityTypes().Where(IsInsertable))
        {
            var rows = Enumerable.Range(0, Rows).Select(i => Row(entity, i)).ToList();
            var stated = await StoredAsync(scope, entity, rows, streamed: false);
            var streamed = await StoredAsync(scope, entity, rows, streamed: true);

            Assert.Equal(Rows, stated.Count);
            Assert.Equal(stated, streamed);
            tried.Add(entity.ClrType);
        }

        Assert.Superset(new HashSet<Type> { typeof(Message), typeof(Interaction), typeof(Influencer), typeof(ContactPoint), typeof(InfluencerTopic) }, tried.ToHashSet());
    }

    private static bool IsInsertable(IEntityType entity)
    {
        try
        {
            _ = BulkInsertPlan.Of(entity.Model, entity.ClrType);
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>The rows as the database shows them, without what differs from one writing to the next; afterwards they are gone.</summary>
    private async Task<List<string>> StoredAsync(CrmScope scope, IEntityType entity, List<object> rows, bool streamed)
    {
        await using var transaction = await scope.Db.Database.BeginTransactionAsync(Ct);
        await (Task)WriteMethod.MakeGenericMethod(entity.ClrType).Invoke(this, [scope, rows, streamed])!;
        var drawn = BulkInsertPlan.Of(entity.Model, entity.ClrType).KeyColumn ?? "";
#pragma warning disable EF1002 // The names come from the model.
        var stored = await scope.Db.Database.SqlQueryRaw<string>($"SELECT (to_jsonb(t) - {{0}} - 'Version')::text AS \"Value\" FROM \"{entity.GetTableName()}\" AS t", drawn).ToListAsync(Ct);
#pragma warning restore EF1002
        await transaction.RollbackAsync(Ct);
        stored.Sort(StringComparer.Ordinal);
        return stored;
    }

    private async Task WriteAsync<T>(CrmScope scope, List<object> rows, bool streamed)
        where T : class
    {
        await using var insert = new BulkInsert<T>(scope.Db, Database.Clock, readKeys: false, streamed ? scope.Get<IDatabaseProvider>() : null, rowsPerStatement: streamed ? 1 : 7);
        await insert.WriteAsync([.. rows.Cast<T>()], Ct);
    }

    private object Row(IEntityType entity, int number)
    {
        var row = RuntimeHelpers.GetUninitializedObject(entity.ClrType);
        foreach (var property in entity.GetProperties().Where(p => p.FieldInfo is not null))
        {
            property.FieldInfo!.SetValue(row, property.IsNullable && number % 4 == 1 ? null : Value(property, Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType, number));
        }

        return row;
    }

    private object Value(IProperty property, Type type, int number) => type switch
    {
        _ when type == typeof(string) => Text(property.GetMaxLength() is { } most and > 0 ? most : 400, number),
        _ when type == typeof(int) => number,
        _ when type == typeof(long) => number + ((long)int.MaxValue * 3),
        _ when type == typeof(short) => (short)number,
        _ when type == typeof(bool) => number % 2 == 0,
        _ when type == typeof(double) => _dice.NextDouble(),
        _ when type == typeof(decimal) => decimal.Round((decimal)_dice.NextDouble() * 1000, 2),
        _ when type == typeof(Guid) => Guid.NewGuid(),
        _ when type == typeof(DateTime) => Now.AddTicks(_dice.NextInt64(TimeSpan.TicksPerDay * 900)),
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(Now.AddSeconds(number)),
        _ when type == typeof(DateOnly) => new DateOnly(2026, 1, 1).AddDays(_dice.Next(900)),
        _ when type == typeof(TimeOnly) => new TimeOnly(_dice.Next(24), _dice.Next(60)),
        _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(_dice.Next(10_000)),
        _ when type == typeof(byte[]) => Bytes(property.GetMaxLength() is { } most and > 0 ? most : 200),
        _ when type == typeof(LocalizedText) => LocalizedText.Of(("fr", Text(40, number)), ("ja", "太陽光")),
        _ when type == typeof(LocalizedWords) => LocalizedWords.Of(("fr", [Text(40, number), "\"toit\""])),
        { IsEnum: true } => Enum.GetValues(type).GetValue(number % Enum.GetValues(type).Length)!,
        _ when Element(type) is { } element => List(type, element, property, number),
        _ => throw new NotSupportedException($"{property.DeclaringType.DisplayName()}.{property.Name} is a {type.Name}: tell this test how to make one."),
    };

    private static string Text(int most, int number)
    {
        // Two first for what is short and unique, then what a careless writer would break on.
        var text = $"{number:00} Zoé \\N \t\"'\r\n东京 🗞 ≠ \u0001";
        return text.Length <= most ? text : text[..most];
    }

    private byte[] Bytes(int most)
    {
        var bytes = new byte[Math.Min(most, 32)];
        _dice.NextBytes(bytes);
        return bytes;
    }

    private static Type? Element(Type type) =>
        type.IsArray ? type.GetElementType() : type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[0] : null;

    private object List(Type type, Type element, IProperty property, int number)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        for (var i = 0; i < number % 3; i++)
        {
            list.Add(Value(property, element, number + i));
        }

        if (!type.IsArray)
        {
            return list;
        }

        var array = Array.CreateInstance(element, list.Count);
        list.CopyTo(array, 0);
        return array;
    }
}
