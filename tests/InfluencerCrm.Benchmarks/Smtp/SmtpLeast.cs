using System.Diagnostics;
using System.Globalization;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Mail;
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Benchmarks.Smtp;

/// <summary>
/// The least that keeps the promise: the bare loop, and for each mail an intent on the disk before its first byte, then its outcome with
/// a line of history. As fast as the product could be on this machine if all else that it does cost nothing.
/// </summary>
internal static class SmtpLeast
{
    public static async Task<int> RunAsync(SmtpDatabase database, int port, int connections)
    {
        await using var app = await SmtpProduct.BuildAsync(database, port, connections);
        await using var scope = SmtpProduct.Scope(app);
        var (all, warm) = await SmtpProduct.SendOutsAsync(app);
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        var load = scope.ServiceProvider.GetRequiredService<LoadMails>();
        var composer = scope.ServiceProvider.GetRequiredService<MailComposer>();
        await using var rounds = await LeastRounds.OpenAsync(database);
        if (warm is { } first)
        {
            await SendAllAsync(first);
        }

        var (count, seconds, busy) = await SendAllAsync(all);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} {seconds:0.000} {busy:0.000} 0"));
        return 0;

        async Task<(int Count, double Seconds, double Busy)> SendAllAsync(int sendOut)
        {
            var messages = await db.Messages.AsNoTracking().Where(m => m.SendOutId == sendOut).OrderBy(m => m.Id).ToListAsync();
            var mails = await load.ExecuteAsync(sendOut, default);
            await rounds.FillAsync(messages.Select(m => m.Id));
            var next = -1;
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => SendAsync(Make))));
            return (messages.Count, watch.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds);

            Made? Make()
            {
                if (Interlocked.Increment(ref next) is var i && i >= messages.Count)
                {
                    return null;
                }

                var mail = mails.Compose(messages[i]);
                return new Made(messages[i], mail.Subject, composer.Build(mail));
            }
        }

        async Task SendAsync(Func<Made?> make)
        {
            using var client = new SmtpClient();
            using var socket = await SmtpByHand.DialAsync(client, port);
            LeastOutcome? outcome = null;
            for (var made = make(); made is not null;)
            {
                await rounds.CommitAsync(outcome, made.Message.Id);
                using var mail = made.Mail;
                var sending = client.SendAsync(mail.Format, mail.Message, mail.EnvelopeFrom, [mail.To]);

                // The next mail is made while this one is on its way, as the product does it.
                var following = make();
                outcome = new LeastOutcome(made.Message.Id, made.Message.InfluencerId!.Value, made.Subject, await sending);
                made = following;
            }

            await rounds.CommitAsync(outcome, null);
            await client.DisconnectAsync(true);
        }
    }

    private sealed record Made(Message Message, string Subject, ComposedMail Mail);
}
