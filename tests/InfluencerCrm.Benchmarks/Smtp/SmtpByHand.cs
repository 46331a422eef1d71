using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Mail;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Benchmarks.Smtp;

/// <summary>The bare loop: MailKit with <c>NoDelay</c>, the same mails rendered and composed, and no database.</summary>
internal static class SmtpByHand
{
    public static async Task<int> RunAsync(SmtpDatabase database, int port, int connections)
    {
        await using var app = await SmtpProduct.BuildAsync(database, port, connections);
        await using var scope = SmtpProduct.Scope(app);
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        var messages = await db.Messages.AsNoTracking().OrderBy(m => m.Id).ToListAsync();
        var mails = await scope.ServiceProvider.GetRequiredService<LoadMails>().ExecuteAsync(messages[0].SendOutId, default);
        var composer = scope.ServiceProvider.GetRequiredService<MailComposer>();
        var next = -1;
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(SendAsync)));
        var seconds = watch.Elapsed.TotalSeconds;
        var busy = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        var bytes = composer.Compose(mails.Compose(messages[0])).Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{messages.Count} {seconds:0.000} {busy:0.000} {bytes}"));
        return 0;

        async Task SendAsync()
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync("127.0.0.1", port);
            using var client = new SmtpClient();
            await client.ConnectAsync(socket, "127.0.0.1", port, SecureSocketOptions.None);
            for (int i; (i = Interlocked.Increment(ref next)) < messages.Count;)
            {
                using var composed = composer.Build(mails.Compose(messages[i]));
                await client.SendAsync(composed.Format, composed.Message, composed.EnvelopeFrom, [composed.To]);
            }

            await client.DisconnectAsync(true);
        }
    }
}
