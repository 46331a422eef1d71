using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Audit;

namespace InfluencerCrm.Api.Audit;

internal sealed class AuditEdm : IEdmPart
{
    public void Describe(EdmBuilder edm) =>
        edm.Set<AuditEntry>("auditEntries", a => new { a.At, a.UserId, a.ApiKeyId, a.Kind, a.Entity, a.Key, a.InfluencerId, a.Changes, a.Note });
}

/// <summary>Who did what to which row.</summary>
public sealed class AuditEntriesController : ReadController<AuditEntry>;
