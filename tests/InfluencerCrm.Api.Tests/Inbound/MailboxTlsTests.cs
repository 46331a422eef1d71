namespace InfluencerCrm.Api.Tests.Inbound;

/// <summary>A mailbox behind TLS, whose certificate a company's own authority signed and the settings name it.</summary>
public sealed class MailboxTlsTests : MailboxTest
{
    protected override bool Tls => true;

    protected override IReadOnlyDictionary<string, string?>? Settings => new Dictionary<string, string?>(base.Settings!) { ["Mail:Inbox:CertificateAuthorityPath"] = Server.AuthorityPath };

    [Fact]
    public async Task MailsComeIn_OverTheEncryptedConnection()
    {
        Server.Deliver(Letter(1));

        await TakenAsync(1);

        Assert.Contains("TLS", Server.Words, StringComparison.Ordinal);
        Assert.Null((await MailboxAsync())!.Fault);
    }
}

/// <summary>The same server where nobody has said that its authority is to be trusted.</summary>
public sealed class MailboxUntrustedTests : MailboxTest
{
    protected override bool Tls => true;

    [Fact]
    public async Task ACertificateOfAnUnknownAuthority_IsRefused_AndTheMailboxSaysSo()
    {
        Server.Deliver(Letter(1));

        await UntilAsync(async () => (await MailboxAsync())?.Fault is { } fault && fault.Contains("Mail__Inbox__CertificateAuthorityPath", StringComparison.Ordinal));

        Assert.Equal(0, await TakenAsync());
    }
}
