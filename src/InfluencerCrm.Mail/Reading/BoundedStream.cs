namespace InfluencerCrm.Mail.Reading;

/// <summary>Takes what is written up to a limit, and then says that it is full.</summary>
internal sealed class BoundedStream(int limit) : MemoryStream
{
    /// <summary>Stops whoever writes.</summary>
    internal sealed class Full : IOException;

    // The other ways to write come down to this one in a class that derives from the memory stream.
    public override void Write(byte[] buffer, int offset, int count)
    {
        var room = Math.Min(count, limit - (int)Length);
        base.Write(buffer, offset, room);
        if (room < count) throw new Full();
    }
}
