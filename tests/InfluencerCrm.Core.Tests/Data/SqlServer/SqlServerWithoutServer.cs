using System.Data;
using System.Data.Common;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Data.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace InfluencerCrm.Core.Tests.Data.SqlServer;

/// <summary>The product's context for SQL Server with nothing behind it: commands are kept instead of sent. The first is answered with the rows given, all others with none of that shape.</summary>
internal sealed class SqlServerWithoutServer : IAsyncDisposable
{
    // EF keeps services for each instance of such an interceptor.
    private static readonly FurthestRelationship Furthest = new();

    private readonly Transcript _transcript = new();

    public SqlServerWithoutServer(params object[][] rows)
    {
        _transcript.Rows = rows;
        var options = new DbContextOptionsBuilder<CrmDbContext>();
        new SqlServerProvider().Configure(options, "Server=nowhere.invalid;Database=crm");
        options.AddInterceptors(_transcript, new NoConnection(), Furthest);
        Db = new CrmDbContext(options.Options);
        var actor = new CurrentActor();
        actor.Become(new Actor { Rights = Right.All, ClientIds = [1, 2], HiddenCampaignIds = [3] });
        Db.Enter(actor);
    }

    public CrmDbContext Db { get; }

    public IReadOnlyList<string> Commands => _transcript.Commands;

    public ValueTask DisposeAsync() => Db.DisposeAsync();

    private sealed class Transcript : DbCommandInterceptor
    {
        private Type[] _shape = [];

        public object[][] Rows { get; set; } = [];

        public List<string> Commands { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Commands.Add(command.CommandText);
            _shape = Rows.Length == 0 ? _shape : [.. Rows[0].Select(v => v.GetType())];
            using var answer = new DataTable();
            answer.Columns.AddRange([.. _shape.Select((type, i) => new DataColumn($"c{i}", type))]);
            foreach (var row in Rows)
            {
                answer.Rows.Add(row);
            }

            Rows = [];
            return new(InterceptionResult<DbDataReader>.SuppressWithResult(answer.CreateDataReader()));
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Commands.Add(command.CommandText);
            return new(InterceptionResult<int>.SuppressWithResult(1));
        }
    }

    private sealed class NoConnection : DbConnectionInterceptor
    {
        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            new(InterceptionResult.Suppress());

        public override ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
            new(InterceptionResult.Suppress());
    }
}
