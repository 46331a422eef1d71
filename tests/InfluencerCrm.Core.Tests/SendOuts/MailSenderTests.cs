using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Core.Tests.SendOuts;

public sealed class MailSenderTests
{
    [Theory]
    [InlineData("zoé@agency.example", "There is an accent or a sign before the @")]
    [InlineData("press@localhost", "The domain has no ending")]
    public void AnAddressThatCannotSend_IsNamedWithItsFault(string address, string reason)
    {
        var sender = MailSender.Of(new SendOut("Spring", SendOutPurpose.Pitch), new SenderOptions { FromAddress = address });

        Assert.Equal((null, null, "badAddress", "fromAddress"), (sender.Address, sender.Domain, sender.Problem?.Code, sender.Problem?.Target));
        Assert.Contains(address, sender.Problem!.Message, StringComparison.Ordinal);
        Assert.Contains(reason, sender.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoAddressAtAll_SaysWhereToGiveOne()
    {
        var sender = MailSender.Of(new SendOut("Spring", SendOutPurpose.Pitch), new SenderOptions());

        Assert.Equal("noSender", sender.Problem?.Code);
        Assert.Contains("Mail__FromAddress", sender.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADomainOutsideAscii_Sends()
    {
        var sender = MailSender.Of(SendOut.Create(new() { Name = "Spring", FromAddress = "zoe@bücher.example" }), new SenderOptions());

        Assert.Equal(("xn--bcher-kva.example", null), (sender.Domain, sender.Problem));
    }

    [Fact]
    public void ASendOut_TakesNoAddressThatCannotSendOrAnswer()
    {
        var draft = SendOut.Create(new() { Name = "Spring" });

        Assert.Equal("fromAddress", Assert.Throws<RuleViolation>(() => draft.Apply(new() { FromAddress = "zoé@agency.example" })).Target);
        Assert.Equal("replyTo", Assert.Throws<RuleViolation>(() => draft.Apply(new() { ReplyTo = "zoé@agency.example" })).Target);
    }

    [Fact]
    public void ASenderAccount_TakesNoAddressThatCannotSend()
    {
        var account = SenderAccount.Create(new() { Name = "Press", FromAddress = "press@agency.example" });

        Assert.Equal("badAddress", Assert.Throws<RuleViolation>(() => account.Apply(new() { FromAddress = "zoé@agency.example" })).Code);
        Assert.Equal("badAddress", Assert.Throws<RuleViolation>(() => SenderAccount.Create(new() { Name = "Zoé", FromAddress = "zoé@agency.example" })).Code);
        Assert.Equal("press@agency.example", account.FromAddress);
    }
}
