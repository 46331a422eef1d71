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
        var (all, warm) = await SmtpProduct.SendOutsAsync(app);
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        var load = scope.ServiceProvider.GetRequiredService<LoadMails>();
        var composer = scope.ServiceProvider.GetRequiredService<MailComposer>();
        if (warm is { } first)
        {
            await SendAllAsync(first);
        }

        var (count, seconds, busy, bytes) = await SendAllAsync(all);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} {seconds:0.000} {busy:0.000} {bytes}"));
        return 0;

        async Task<(int Count, double Seconds, double Busy, int Bytes)> SendAllAsync(int sendOut)
        {
            var messages = await db.Messages.AsNoTracking().Where(m => m.SendOutId == sendOut).OrderBy(m => m.Id).ToListAsync();
            var mails = await load.ExecuteAsync(sendOut, default);
            var next = -1;
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => SendAsync(() => (Interlocked.Increment(ref next)) is var i && i < messages.Count ? mails.Compose(messages[i]) : null))));
            var seconds = watch.Elapsed.TotalSeconds;
            var busy = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
            return (messages.Count, seconds, busy, composer.Compose(mails.Compose(messages[0])).Length);
        }

        async Task SendAsync(Func<OutgoingMail?> next)
        {
            using var client = new SmtpClient();
            using var socket = await DialAsync(client, port);
            while (next() is { } mail)
            {
                using var composed = composer.Build(mail);
                await client.SendAsync(composed.Format, composed.Message, composed.EnvelopeFrom, [composed.To]);
            }

            await client.DisconnectAsync(true);
        }
    }

    public static async Task<Socket> DialAsync(SmtpClient client, int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port);
        await client.ConnectAsync(socket, "127.0.0.1", port, SecureSocketOptions.None);
        return socket;
    }
}
