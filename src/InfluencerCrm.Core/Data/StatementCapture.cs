using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace InfluencerCrm.Core.Data;

/// <summary>Takes the statement that EF has made and would run now, instead of running it; for <see cref="KeptUpdate"/>. Every provider gives it to its contexts.</summary>
public sealed class StatementCapture : DbCommandInterceptor
{
    public static readonly StatementCapture Instance = new();

    private readonly AsyncLocal<Captured?> _wanted = new();

    private StatementCapture()
    {
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (_wanted.Value is not { } wanted)
        {
            return new ValueTask<InterceptionResult<int>>(result);
        }

        wanted.Sql = command.CommandText;
        wanted.Parameters = [.. command.Parameters.Cast<DbParameter>().Select(p => CopyOf(p, command))];
        return new ValueTask<InterceptionResult<int>>(InterceptionResult<int>.SuppressWithResult(0));
    }

    /// <summary>The one statement that <paramref name="run"/> would have executed.</summary>
    internal async Task<Captured> OfAsync(Func<Task> run)
    {
        var wanted = new Captured();
        _wanted.Value = wanted;
        try
        {
            await run();
        }
        finally
        {
            _wanted.Value = null;
        }

        return wanted.Sql.Length > 0 ? wanted : throw new InvalidOperationException("Nothing was executed.");
    }

    /// <summary>A parameter of the same name and type. Where the driver cannot say the type it goes by the value, which is then enough.</summary>
    internal static DbParameter CopyOf(DbParameter parameter, DbCommand command)
    {
        if (parameter is ICloneable cloneable)
        {
            return (DbParameter)cloneable.Clone();
        }

        var copy = command.CreateParameter();
        (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
        return copy;
    }

    internal sealed class Captured
    {
        public string Sql { get; set; } = "";

        public IReadOnlyList<DbParameter> Parameters { get; set; } = [];
    }
}
