using System.Data.Common;
using System.Globalization;
using System.Text;

namespace InfluencerCrm.Core.Data;

/// <summary>
/// An UPDATE that is run thousands of times with other values: EF translates it once, and the command that came of it is kept. Which
/// parameter holds which value is found out by translating it with two sets of values that no row has; what both have in common stays as it is.
/// </summary>
internal sealed class KeptUpdate
{
    private readonly IReadOnlyList<DbParameter> _parameters;
    private readonly Func<object, object?>?[] _values;

    private KeptUpdate(string sql, IReadOnlyList<DbParameter> parameters, Func<object, object?>?[] values) => (Sql, _parameters, _values) = (sql, parameters, values);

    public string Sql { get; }

    /// <typeparam name="TValues">A positional record of what differs: numbers, ids, times, texts, bytes. What may be nothing, or shapes the query, is no part of it.</typeparam>
    /// <param name="update">Calls <c>UpdateRowsAsync</c> once; nothing is written.</param>
    /// <exception cref="InvalidOperationException">A value does not reach the statement as it is.</exception>
    public static async Task<KeptUpdate> OfAsync<TValues>(Func<TValues, Task> update)
        where TValues : class
    {
        var constructor = typeof(TValues).GetConstructors().Single(c => c.GetParameters().Length > 0);
        var members = constructor.GetParameters().Select(p => typeof(TValues).GetProperty(p.Name!)!).ToList();
        object[] one = [.. members.Select((m, i) => Mark(m.PropertyType, (2 * i) + 1))], other = [.. members.Select((m, i) => Mark(m.PropertyType, (2 * i) + 2))];
        var first = await StatementCapture.Instance.OfAsync(() => update((TValues)constructor.Invoke(one)));
        var second = await StatementCapture.Instance.OfAsync(() => update((TValues)constructor.Invoke(other)));
        if (first.Sql != second.Sql || first.Parameters.Count != second.Parameters.Count)
        {
            throw new InvalidOperationException($"The statement itself depends on its values: {first.Sql}");
        }

        var values = new Func<object, object?>?[first.Parameters.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var (a, b) = (first.Parameters[i].Value, second.Parameters[i].Value);
            if (IsSame(a, b))
            {
                continue;
            }

            var member = Enumerable.Range(0, members.Count).FirstOrDefault(m => IsSame(a, one[m]) && IsSame(b, other[m]), -1);
            values[i] = member >= 0 ? members[member].GetValue : throw new InvalidOperationException($"{first.Parameters[i].ParameterName} is none of the values: {first.Sql}");
        }

        return new KeptUpdate(first.Sql, first.Parameters, values);
    }

    /// <summary>Gives a command of this statement its parameters.</summary>
    public void AddParameters(DbParameterCollection parameters, DbCommand command)
    {
        foreach (var parameter in _parameters)
        {
            parameters.Add(StatementCapture.CopyOf(parameter, command));
        }
    }

    /// <summary>Sets what differs.</summary>
    public void Bind(DbParameterCollection parameters, object values)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            if (_values[i] is { } value)
            {
                parameters[i].Value = value(values);
            }
        }
    }

    private static object Mark(Type type, int number)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"kept {number}");
        return type == typeof(long) ? 7_913_734_411_000 + number
            : type == typeof(int) ? 1_913_734_000 + number
            : type == typeof(Guid) ? new Guid(number, 7913, 734, [4, 1, 1, 0, 0, 0, 0, 1])
            : type == typeof(DateTime) ? new DateTime(1901, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(number)
            : type == typeof(string) ? text
            : type == typeof(byte[]) ? (object)Encoding.ASCII.GetBytes(text)
            : throw new NotSupportedException($"A value of {type.Name} cannot be told from others.");
    }

    private static bool IsSame(object? a, object? b) => a is byte[] x && b is byte[] y ? x.AsSpan().SequenceEqual(y) : Equals(a, b);
}

/// <summary>One run of a kept statement.</summary>
internal readonly record struct KeptRun(KeptUpdate Update, object Values);
