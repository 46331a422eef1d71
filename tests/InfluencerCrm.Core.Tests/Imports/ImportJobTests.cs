using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Imports;

namespace InfluencerCrm.Core.Tests.Imports;

public sealed class ImportJobTests
{
    private static readonly DateTime Now = new(2030, 5, 6, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Count_AddsUpByOutcome()
    {
        var job = Running();

        job.Count(ImportOutcome.Created);
        job.Count(ImportOutcome.Refused);
        job.Count(ImportOutcome.Refused);
        job.Complete(Now);

        Assert.Equal((3, 1, 2, 3), (job.Processed, job.Created, job.Refused, job.Total));
        Assert.Equal(ImportStatus.Completed, job.Status);
        Assert.Null(job.LeaseUntil);
    }

    [Fact]
    public void Start_AfterALostHost_KeepsWhatWasCounted()
    {
        var job = Running();
        job.Count(ImportOutcome.Created);

        job.Start(Guid.NewGuid(), Now.AddMinutes(30), Now.AddMinutes(15));

        Assert.Equal(1, job.Processed);
        Assert.Equal(Now, job.StartedAt);
    }

    [Fact]
    public void Cancel_OfWhatIsOver_IsAConflict()
    {
        var job = Running();
        job.Complete(Now);

        Assert.Equal("wrongState", Assert.Throws<Conflict>(() => job.Cancel(Now)).Code);
    }

    private static ImportJob Running()
    {
        var job = new ImportJob("people.csv", ImportFormat.Csv, ImportKind.Influencers, false, "1", null, Now);
        job.Start(Guid.NewGuid(), Now.AddMinutes(15), Now);
        return job;
    }
}
