using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Outlets;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Data;

public sealed partial class CrmDbContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    // People and places
    public DbSet<Outlet> Outlets => Set<Outlet>();

    // Running the house
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
}
