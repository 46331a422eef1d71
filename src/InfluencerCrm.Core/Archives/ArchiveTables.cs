using InfluencerCrm.Core.Changes;
using InfluencerCrm.Core.Idempotency;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.Team;
using InfluencerCrm.Core.Webhooks;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Archives;

/// <summary>What an archive does not hold, and why.</summary>
public sealed record LeftOut(string What, string Why);

/// <summary>The tables of an archive: all of the model, so that a new one is in it by being there, except what belongs to the installation alone.</summary>
internal static class ArchiveTables
{
    private const string SecretMark = "Protected";

    private static readonly Dictionary<Type, string> LeftOutTables = new()
    {
        [typeof(DataProtectionKey)] = "The keys that protect secrets and sessions belong to the installation; the one that takes the archive in has its own.",
        [typeof(KeptSecret)] = "Protected with those keys. The one that data depend on, the key of the address hashes, is in keys.json.",
        [typeof(Change)] = "What readers of the change feed have not seen yet; another installation has readers of its own.",
        [typeof(WebhookDelivery)] = "What was told to other tools, for 30 days; the webhooks of another installation begin anew, once their secrets are entered.",
        [typeof(WebhookFeed)] = "Up to where that was done.",
        [typeof(IdempotencyKey)] = "Answers to requests that may be sent again, kept for a day, are of no use to another installation.",
        [typeof(SetupLink)] = "Links to the set-up page work once, for an hour, on the installation that made them.",
    };

    /// <summary>What the manifest says of it.</summary>
    public static IReadOnlyList<LeftOut> NotIncluded(IModel model) =>
    [
        .. model.GetEntityTypes().Where(e => LeftOutTables.ContainsKey(e.ClrType)).Select(e => new LeftOut(Data.Words.Camel(e.GetTableName()!), LeftOutTables[e.ClrType])),
        .. model.GetEntityTypes().Where(e => !LeftOutTables.ContainsKey(e.ClrType)).SelectMany(e => e.GetProperties()).Where(IsSecret).Select(p => new LeftOut(
            $"{Data.Words.Camel(((IEntityType)p.DeclaringType).GetTableName()!)}.{Data.Words.Camel(p.Name)}", "Protected with the installation's keys, so no other one could read it: enter it again after the archive was taken in.")),
        new LeftOut("uploaded import files", "They wait in a folder until they are read in. An import that was not finished has to be started again."),
        new LeftOut("settings", "appsettings.json, environment and files such as DKIM keys belong to the machine."),
    ];

    public static bool IsSecret(IProperty property) => property.Name.StartsWith(SecretMark, StringComparison.Ordinal);

    /// <summary>In an order in which rows find the rows they name; members that make a circle are written in a second pass.</summary>
    public static IReadOnlyList<ArchiveTable> Of(IModel model)
    {
        var entities = model.GetEntityTypes().Where(e => e.GetTableName() is not null && !LeftOutTables.ContainsKey(e.ClrType)).OrderBy(e => e.GetTableName(), StringComparer.Ordinal).ToList();
        var later = new HashSet<IProperty>();
        var waiting = entities.ToList();
        var order = new List<IEntityType>();
        while (waiting.Count > 0)
        {
            var next = waiting.Find(e => !Needs(e, waiting, later).Any());
            if (next is null)
            {
                // A circle: it is cut at references that may be empty, of the table with the fewest of them.
                next = waiting.Where(e => Needs(e, waiting, later).All(k => k.Properties.All(p => p.IsNullable))).MinBy(e => Needs(e, waiting, later).Count())
                    ?? throw new NotSupportedException($"The tables {string.Join(", ", waiting.Select(e => e.GetTableName()))} need one another's rows; no order reads them back.");
                later.UnionWith(Needs(next, waiting, later).SelectMany(k => k.Properties).ToList());
            }

            // Rows of one table may name each other in any order.
            later.UnionWith(next.GetForeignKeys().Where(k => k.PrincipalEntityType == next).SelectMany(k => k.Properties));
            waiting.Remove(next);
            order.Add(next);
        }

        return [.. order.Select((e, i) => new ArchiveTable(e, i + 1, later))];
    }

    private static IEnumerable<IForeignKey> Needs(IEntityType entity, List<IEntityType> waiting, HashSet<IProperty> later) =>
        entity.GetForeignKeys().Where(k => k.PrincipalEntityType != entity && waiting.Contains(k.PrincipalEntityType) && !k.Properties.All(later.Contains));
}
