using InfluencerCrm.Core.Errors;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.Imports;

/// <summary>The store of uploaded files. Names are made here, so that no name that came from outside becomes a path.</summary>
public sealed class ImportFiles(IOptions<ImportOptions> options)
{
    private const int BlockBytes = 128 * 1024;

    /// <summary>Copies an upload to the disk.</summary>
    /// <returns>The name under which it can be opened.</returns>
    /// <exception cref="TooLarge">More came than is taken; nothing is kept.</exception>
    public async Task<string> SaveAsync(Stream upload, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(upload);
        Directory.CreateDirectory(options.Value.Folder);
        var name = $"{Guid.NewGuid():N}.upload";
        try
        {
            await using var file = new FileStream(PathOf(name), FileMode.CreateNew, FileAccess.Write, FileShare.None, BlockBytes, FileOptions.Asynchronous);
            await CopyAsync(upload, file, ct);
        }
        catch
        {
            Delete(name);
            throw;
        }

        return name;
    }

    /// <exception cref="RuleViolation">The file is gone.</exception>
    public Stream Open(string name)
    {
        try
        {
            return new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RuleViolation("importFileGone", "The uploaded file is no longer there; upload it again.", "file");
        }
    }

    public void Delete(string name)
    {
        if (Directory.Exists(options.Value.Folder))
        {
            File.Delete(PathOf(name));
        }
    }

    private string PathOf(string name) => Path.Combine(options.Value.Folder, Path.GetFileName(name));

    private async Task CopyAsync(Stream upload, FileStream file, CancellationToken ct)
    {
        var limit = options.Value.MaxBytes;
        var block = new byte[BlockBytes];
        long total = 0;
        int count;
        while ((count = await upload.ReadAsync(block, ct)) > 0)
        {
            total += count;
            if (total > limit)
            {
                throw new TooLarge($"The file is larger than {limit:N0} bytes, which is the limit here (Imports__MaxBytes).", "file");
            }

            await file.WriteAsync(block.AsMemory(0, count), ct);
        }
    }
}
