using System.Buffers;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Dossiers;

/// <summary>
/// Everything that is held on a person as one JSON document, structured and in words (GDPR articles 15 and 20), as far as the actor may see
/// it. That it was asked for is itself kept.
/// </summary>
public sealed class WriteDossier(CrmDbContext db, CurrentActor scope, AddressHash hash, TimeProvider clock)
{
    public const string Format = "influencercrm-dossier";

    public const int FormatVersion = 1;

    private const int PageRows = 500;

    private static readonly MethodInfo PageMethod = Generic(nameof(PageOfAsync));

    private static readonly MethodInfo NamesMethod = Generic(nameof(NamesOfAsync));

    private static readonly MethodInfo MentionsMethod = Generic(nameof(MentionsOfAsync));

    /// <param name="influencerId">The person; an archived one too.</param>
    /// <param name="begin">Called when it is known that there is something to write.</param>
    /// <exception cref="NotFound">There is no such person.</exception>
    /// <exception cref="Errors.Erased">Nothing is held on the person any more.</exception>
    public async Task ExecuteAsync(int influencerId, Func<Stream> begin, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(begin);
        var actor = scope.Required;
        actor.Require(RowAccess.ToRead(typeof(Influencer)));

        // What is archived is held all the same.
        db.ShowArchived = true;
        var person = await db.Influencers.IgnoreQueryFilters([Filters.Erased]).AsNoTracking().FirstOrDefaultAsync(i => i.Id == influencerId, ct)
            ?? throw new NotFound(Words.Of(typeof(Influencer)), influencerId);
        if (person.ErasedAt is not null)
        {
            throw new Erased();
        }

        var now = clock.GetUtcNow().UtcDateTime;
        db.Add(AuditEntry.Act(actor, nameof(Influencer), influencerId, "dossier exported", now, influencerId));
        await db.SaveChangesAsync(ct);
        await using var output = new Output(begin());
        var json = output.Json;
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("formatVersion", FormatVersion);
        json.WriteString("writtenAt", now);
        json.WriteString("about", $"All that is held on {person.DisplayName} in this installation, by kind; a person has the right to it (GDPR, articles 15 and 20). Times are UTC.");
        json.WriteBoolean("complete", actor is { SeesAllClients: true } && actor.Can(Right.Administer));
        json.WriteString("completeness", actor is { SeesAllClients: true } && actor.Can(Right.Administer)
            ? "Complete: an administrator asked for it."
            : "Not complete: rows that whoever asked may not see (other clients' work, confidential campaigns, the audit) are left out. An administrator's dossier has them.");
        json.WriteStartObject("person");
        json.WriteString("about", "You, as we know you. Scores go from 0 to 100 and are computed from public figures and our shared history; none is an opinion about you.");
        json.WritePropertyName("row");
        DossierRow.Of(db.Model.FindEntityType(typeof(Influencer))!).Write(json, person, new Dictionary<(IEntityType, long), string?>());
        json.WriteEndObject();
        await PartsAsync(output, influencerId, actor, ct);
        await MentionsAsync(json, influencerId, ct);
        json.WriteEndObject();
        await output.SendAsync(ct);
    }

    private async Task PartsAsync(Output output, int person, Actor actor, CancellationToken ct)
    {
        var json = output.Json;
        var addresses = await db.ContactPoints.Where(p => p.InfluencerId == person && p.AddressKey != null && !p.Shared).Select(p => p.AddressKey!).Distinct().ToListAsync(ct);
        var keys = new Dictionary<IEntityType, List<long>>();
        json.WriteStartArray("parts");
        foreach (var part in DossierParts.Of(db.Model))
        {
            json.WriteStartObject();
            json.WriteString("name", part.Name);
            json.WriteString("about", part.About);
            if (actor.Can(RowAccess.ToRead(part.Entity.ClrType)))
            {
                json.WriteStartArray("rows");
                keys[part.Entity] = await RowsAsync(output, part, Condition(part, person, addresses, keys), ct);
                json.WriteEndArray();
            }
            else
            {
                json.WriteString("leftOut", "Only administrators read these.");
            }

            json.WriteEndObject();
            await output.SendAsync(ct);
        }

        json.WriteEndArray();
    }

    /// <returns>Keys of the rows that were written.</returns>
    private async Task<List<long>> RowsAsync(Output output, DossierPart part, LambdaExpression condition, CancellationToken ct)
    {
        var json = output.Json;
        var shape = DossierRow.Of(part.Entity);
        var key = part.Entity.FindPrimaryKey()!.Properties[0];
        var written = new List<long>();
        for (var last = 0L; ;)
        {
            var page = await (Task<IReadOnlyList<object>>)PageMethod.MakeGenericMethod(part.Entity.ClrType).Invoke(this, [condition, last, ct])!;
            if (page.Count == 0)
            {
                return written;
            }

            last = DossierRow.KeyOf(key, page[^1])!.Value;
            var names = await NamesAsync(shape, page, ct);
            foreach (var row in page)
            {
                // A row that names one behind a wall stands behind it too.
                if (shape.References.All(r => DossierRow.KeyOf(r.Property, row) is not { } other || names.ContainsKey((r.Principal, other))))
                {
                    shape.Write(json, row, names);
                    written.Add(DossierRow.KeyOf(key, row)!.Value);
                }
            }

            await output.SendAsync(ct);
        }
    }

    private LambdaExpression Condition(DossierPart part, int person, List<string> addresses, Dictionary<IEntityType, List<long>> keys)
    {
        if (part.OwnerEntity is not null)
        {
            return In(part.Entity.ClrType, part.Owner, keys.GetValueOrDefault(part.OwnerEntity) ?? []);
        }

        if (part.Entity.ClrType == typeof(Suppression))
        {
            var hashes = addresses.ConvertAll(hash.Of);
            return (Expression<Func<Suppression, bool>>)(s => s.InfluencerId == person || addresses.Contains(s.Address!) || hashes.Contains(s.AddressHash!));
        }

        return part.Entity.ClrType == typeof(AuditEntry)
            ? (Expression<Func<AuditEntry, bool>>)(e => e.InfluencerId == person || (e.Entity == nameof(Influencer) && e.Key == person))
            : In(part.Entity.ClrType, part.Owner, [person]);
    }

    /// <summary>The list has the column's own type: a cast of the column would keep its index out.</summary>
    private static LambdaExpression In(Type row, string member, List<long> keys)
    {
        var parameter = Expression.Parameter(row, "row");
        var column = Expression.Property(parameter, member);
        var list = Activator.CreateInstance(typeof(KeyList<>).MakeGenericType(column.Type), keys)!;
        return Expression.Lambda(
            Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [column.Type], Expression.Property(Expression.Constant(list), "Keys"), column), parameter);
    }

    private async Task<IReadOnlyList<object>> PageOfAsync<T>(LambdaExpression condition, long last, CancellationToken ct)
        where T : class => await db.Set<T>().AsNoTracking().Where((Expression<Func<T, bool>>)condition).Where(After<T>(last)).OrderBy(e => EF.Property<object>(e, "Id")).Take(PageRows).ToListAsync(ct);

    private static Expression<Func<T, bool>> After<T>(long last)
    {
        var row = Expression.Parameter(typeof(T), "row");
        var key = Expression.Property(row, "Id");
        return Expression.Lambda<Func<T, bool>>(Expression.GreaterThan(key, Expression.Convert(Expression.Property(Expression.Constant(new { Last = last }), "Last"), key.Type)), row);
    }

    /// <summary>Whatever the rows name and the actor may see; filters decide.</summary>
    private async Task<Dictionary<(IEntityType Entity, long Key), string?>> NamesAsync(DossierRow shape, IReadOnlyList<object> rows, CancellationToken ct)
    {
        var names = new Dictionary<(IEntityType, long), string?>();
        foreach (var references in shape.References.GroupBy(r => r.Principal))
        {
            var keys = references.SelectMany(r => rows.Select(row => DossierRow.KeyOf(r.Property, row))).OfType<long>().Distinct().ToList();
            if (keys.Count > 0)
            {
                await (Task)NamesMethod.MakeGenericMethod(references.Key.ClrType).Invoke(this, [references.Key, keys, names, ct])!;
            }
        }

        return names;
    }

    private async Task NamesOfAsync<T>(IEntityType entity, List<long> keys, Dictionary<(IEntityType, long), string?> names, CancellationToken ct)
        where T : class
    {
        var name = DossierRow.NameOf(entity);
        var row = Expression.Parameter(typeof(T), "row");
        var shape = Expression.Lambda<Func<T, Named>>(
            Expression.MemberInit(
                Expression.New(typeof(Named)),
                Expression.Bind(typeof(Named).GetProperty(nameof(Named.Key))!, Expression.Convert(Expression.Property(row, "Id"), typeof(long))),
                Expression.Bind(typeof(Named).GetProperty(nameof(Named.Name))!, name is null ? Expression.Constant(null, typeof(string)) : Expression.Property(row, name))),
            row);
        foreach (var found in await db.Set<T>().AsNoTracking().Where((Expression<Func<T, bool>>)In(typeof(T), "Id", keys)).Select(shape).ToListAsync(ct))
        {
            names[(entity, found.Key)] = found.Name;
        }
    }

    private async Task MentionsAsync(Utf8JsonWriter json, int person, CancellationToken ct)
    {
        json.WriteStartObject("mentions");
        json.WriteString("about", "Entries about others that name you, for example as who stands in for somebody; their own data are not yours to get.");
        json.WriteStartArray("rows");
        foreach (var (entity, member) in DossierParts.MentionsOf(db.Model))
        {
            foreach (var key in await (Task<List<long>>)MentionsMethod.MakeGenericMethod(entity.ClrType).Invoke(this, [member, person, ct])!)
            {
                json.WriteStartObject();
                json.WriteString("kind", Words.Camel(entity.GetTableName()!));
                json.WriteNumber("id", key);
                json.WriteString("as", Words.Camel(member));
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private Task<List<long>> MentionsOfAsync<T>(string member, int person, CancellationToken ct)
        where T : class
    {
        var row = Expression.Parameter(typeof(T), "row");
        return db.Set<T>().AsNoTracking().Where(Keys.Is<T>(member, person)).Select(Expression.Lambda<Func<T, long>>(Expression.Convert(Expression.Property(row, "Id"), typeof(long)), row)).ToListAsync(ct);
    }

    private static MethodInfo Generic(string name) => typeof(WriteDossier).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <summary>The serialiser flushes its writer as it pleases, and a response takes no synchronous writes: so it writes into memory first.</summary>
    private sealed class Output : IAsyncDisposable
    {
        private readonly Stream _target;
        private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);

        public Output(Stream target)
        {
            _target = target;
            Json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        }

        public Utf8JsonWriter Json { get; }

        public async Task SendAsync(CancellationToken ct)
        {
            await Json.FlushAsync(ct);
            await _target.WriteAsync(_buffer.WrittenMemory, ct);
            _buffer.ResetWrittenCount();
        }

        public ValueTask DisposeAsync() => Json.DisposeAsync();
    }

    private sealed class KeyList<T>(IEnumerable<long> keys)
    {
        public List<T> Keys { get; } = [.. keys.Select(k => (T)Convert.ChangeType(k, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture))];
    }

    private sealed record Named
    {
        public long Key { get; init; }

        public string? Name { get; init; }
    }
}
