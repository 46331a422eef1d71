using InfluencerCrm.TestKit;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Data;

public sealed class NoSynchronousCommandsTests : DatabaseTest
{
    [DatabaseFact]
    public async Task ASynchronousQuery_IsRefusedInTests()
    {
        await using var scope = Database.As(Actors.Admin);

        Assert.Throws<InvalidOperationException>(() => scope.Db.Influencers.ToList());
        Assert.Throws<InvalidOperationException>(() => scope.Db.Database.ExecuteSqlRaw("DELETE FROM \"Influencers\""));
    }

    [DatabaseFact]
    public async Task TheKeyRing_MayReadAndSaveSynchronously()
    {
        await using var scope = Database.As(null);
        scope.Db.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = "key", Xml = "<key/>" });
        scope.Db.SaveChanges();

        Assert.Equal("key", scope.Db.DataProtectionKeys.AsNoTracking().ToList().Single().FriendlyName);
    }
}
