using System.Security.Cryptography;
using System.Text;
using InfluencerCrm.Core.SendOuts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Mail;

/// <summary>
/// Writes each mail as an .eml file. The name is the mail's date and the token of its Message-ID, so a second hand-over of the same mail
/// meets its own file; the file appears under that name only when it is whole and on the disk.
/// </summary>
public sealed class PickupTransport : IMailTransport
{
    private readonly string folder;
    private readonly IMailComposer composer;
    private readonly ILogger<PickupTransport> logger;

    public PickupTransport(IOptions<MailOptions> options, IMailComposer composer, ILogger<PickupTransport> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        folder = options.Value.PickupFolder;
        this.composer = composer;
        this.logger = logger;
    }

    public string Destination => folder;

    public bool StaysHere => true;

    public int MaxConnections => 2;

    public int? MessagesPerMinute => null;

    public IMailConnection Open() => new Connection(this);

    /// <summary>The name a mail gets; it begins with the date, so a listing is a timeline.</summary>
    public static string FileName(OutgoingMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var at = mail.InternetMessageId.LastIndexOf('@');
        var token = at < 0 ? mail.InternetMessageId : mail.InternetMessageId[..at];
        var safe = string.Concat(token.Take(100).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'));
        // Two ids must not share a name because their odd characters, their case or their domain got lost.
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.InternetMessageId)).AsSpan(0, 4));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{mail.Date:yyyyMMdd'T'HHmmss}-{safe}-{mark}.eml");
    }

    private async Task<DeliveryAnswer> WriteAsync(OutgoingMail mail, CancellationToken ct)
    {
        ReadOnlyMemory<byte> bytes;
        try
        {
            bytes = composer.Compose(mail);
        }
        catch (ArgumentException e)
        {
            return ComposerRefusal.From(e);
        }

        var path = Path.Combine(folder, FileName(mail));
        var sent = new DeliveryAnswer(DeliveryOutcome.Sent, $"Written to {Path.GetFileName(path)}");
        var part = Path.Combine(folder, $".{Guid.NewGuid():N}.part");
        try
        {
            ct.ThrowIfCancellationRequested();
            if (File.Exists(path)) return sent;
            Directory.CreateDirectory(folder);
            await WriteThroughAsync(part, bytes, ct);
            File.Move(part, path, overwrite: true);
            return sent;
        }
        catch (OperationCanceledException)
        {
            TryDelete(part);
            return new DeliveryAnswer(DeliveryOutcome.Deferred, "Stopped before the file was written");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.PickupFailed(logger, e.GetType().Name);
            TryDelete(part);
            return new DeliveryAnswer(DeliveryOutcome.Deferred, $"The pickup folder cannot be written: {e.Message}");
        }
    }

    private static async Task WriteThroughAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        await file.WriteAsync(bytes, ct);
        file.Flush(flushToDisk: true);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A left-over .part is hidden and harmless; the answer about the mail matters more.
        }
    }

    private sealed class Connection(PickupTransport transport) : IMailConnection
    {
        public Task<DeliveryAnswer> SendAsync(OutgoingMail mail, CancellationToken ct) => transport.WriteAsync(mail, ct);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
