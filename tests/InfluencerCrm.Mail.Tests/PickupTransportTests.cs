using InfluencerCrm.Core.SendOuts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InfluencerCrm.Mail.Tests;

public sealed class PickupTransportTests : IDisposable
{
    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("pickup-").FullName, "outbox");
    private readonly ServiceProvider services;

    public PickupTransportTests() => services = MailServices.Create([new("Mail:PickupFolder", folder)]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_WritesTheComposedBytes()
    {
        var mail = TestMails.Plain();
        await using var connection = services.Transport().Open();

        var answer = await connection.SendAsync(mail, Ct);

        Assert.Equal(DeliveryOutcome.Sent, answer.Outcome);
        var file = Assert.Single(Directory.GetFiles(folder));
        Assert.StartsWith("20260302T081530-1f3a9c0de4b75a6812345678-", Path.GetFileName(file), StringComparison.Ordinal);
        Assert.Equal(services.Composer().Compose(mail).ToArray(), await File.ReadAllBytesAsync(file, Ct));
    }

    [Fact]
    public async Task Send_TheSameMailTwice_LeavesOneFile()
    {
        await using var connection = services.Transport().Open();
        await connection.SendAsync(TestMails.Plain(), Ct);

        var answer = await connection.SendAsync(TestMails.Plain(), Ct);

        Assert.Equal(DeliveryOutcome.Sent, answer.Outcome);
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Send_FromManyWorkersAtOnce_WritesEachMailOnceAndWhole()
    {
        var mails = Enumerable.Range(0, 50).Select(i => TestMails.Plain($"token{i:000}")).ToList();

        await Parallel.ForEachAsync(mails.Concat(mails).Concat(mails), Ct, async (mail, ct) =>
        {
            await using var connection = services.Transport().Open();
            Assert.Equal(DeliveryOutcome.Sent, (await connection.SendAsync(mail, ct)).Outcome);
        });

        Assert.Equal(mails.Select(PickupTransport.FileName).Order(), Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.All(mails, m => Assert.Equal(services.Composer().Compose(m).ToArray(), File.ReadAllBytes(Path.Combine(folder, PickupTransport.FileName(m)))));
    }

    [Theory]
    [InlineData("Token@a.example", "token@a.example")]
    [InlineData("a/b@a.example", "a_b@a.example")]
    [InlineData("a@a.example", "a@b.example")]
    public void FileName_DifferentIds_GiveDifferentNames(string one, string other)
    {
        var names = new[] { one, other }.Select(id => PickupTransport.FileName(TestMails.Plain() with { InternetMessageId = id })).ToList();

        Assert.NotEqual(names[0], names[1], StringComparer.OrdinalIgnoreCase);
        Assert.All(names, n => Assert.Equal(n, Path.GetFileName(n)));
    }

    [Fact]
    public async Task Send_WhenTheFolderCannotBeWritten_IsDeferred()
    {
        await File.WriteAllTextAsync(folder, "a file where the folder should be", Ct);
        await using var connection = services.Transport().Open();

        var answer = await connection.SendAsync(TestMails.Plain(), Ct);

        Assert.Equal(DeliveryOutcome.Deferred, answer.Outcome);
    }

    [Fact]
    public async Task Send_WhatCannotBeComposed_FailsAndBlamesTheAddress()
    {
        await using var connection = services.Transport().Open();

        var answer = await connection.SendAsync(TestMails.Plain() with { ToAddress = "nobody" }, Ct);

        Assert.Equal((DeliveryOutcome.Failed, true), (answer.Outcome, answer.RefusesAddress));
    }

    [Fact]
    public async Task Send_WhenStopped_WritesNothing()
    {
        await using var connection = services.Transport().Open();

        var answer = await connection.SendAsync(TestMails.Plain(), new CancellationToken(canceled: true));

        Assert.Equal(DeliveryOutcome.Deferred, answer.Outcome);
        Assert.False(Directory.Exists(folder));
    }

    public void Dispose()
    {
        services.Dispose();
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }
}
