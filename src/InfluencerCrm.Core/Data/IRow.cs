namespace InfluencerCrm.Core.Data;

/// <summary>What every row carries; set when it is saved, never by hand.</summary>
public interface IRow
{
    /// <summary>Changes with every write; concurrency token and source of the ETag.</summary>
    Guid Version { get; }

    DateTime CreatedAt { get; }

    DateTime UpdatedAt { get; }
}

/// <summary>A row with its own <c>int</c> key.</summary>
public abstract class Entity : IRow
{
    public int Id { get; private set; }

    public Guid Version { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }
}

/// <summary>A row of a set that grows without bound (interactions, messages, audit): a <c>long</c> key.</summary>
public abstract class LongEntity : IRow
{
    public long Id { get; private set; }

    public Guid Version { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }
}
