using System.Net;
using InfluencerCrm.Core.Outbound;
using InfluencerCrm.TestKit;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.Tests.Outbound;

public sealed class SafeHttpTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("192.0.0.8")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("ff02::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::1")]
    public void AddressesBehindTheInternet_AreNotPublic(string address) => Assert.False(PublicInternet.Has(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("193.0.6.139")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2a00:1450:4007:80e::200e")]
    public void AddressesOfTheInternet_AreTaken(string address) => Assert.True(PublicInternet.Has(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("0x7f.1")]
    [InlineData("2130706433")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task ThisMachine_IsNotReached_HoweverItIsWritten(string host)
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var http = Http(allowPrivate: false);

        var refused = await Assert.ThrowsAsync<OutboundRefused>(() => http.SendAsync(new Uri($"http://{host}:{receiver.Address.Port}/"), Get, new SafeLimits(), Ct));

        Assert.Contains("private network", refused.Message, StringComparison.Ordinal);
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task ARedirectToThisMachine_IsCheckedLikeTheFirstAddress()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = (http, _) =>
        {
            http.Response.Redirect("file:///etc/passwd");
            return Task.CompletedTask;
        };
        using var http = Http(allowPrivate: true);

        await Assert.ThrowsAsync<OutboundRefused>(() => http.SendAsync(receiver.Address, Get, new SafeLimits { Redirects = 3 }, Ct));

        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task Redirects_AreFollowedAsOftenAsAllowed()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = (http, request) =>
        {
            http.Response.Redirect(request.Path + "x");
            return Task.CompletedTask;
        };
        using var http = Http(allowPrivate: true);

        Assert.Equal(HttpStatusCode.Redirect, (await http.SendAsync(receiver.Address, Get, new SafeLimits(), Ct)).Status);
        await Assert.ThrowsAsync<OutboundRefused>(() => http.SendAsync(receiver.Address, Get, new SafeLimits { Redirects = 3 }, Ct));

        Assert.Equal(["/", "/", "/x", "/xx", "/xxx"], receiver.Requests.Select(r => r.Path));
    }

    [Fact]
    public async Task ALongAnswer_IsRefused_OrCut()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = (http, _) => http.Response.Body.WriteAsync(new byte[100_000], Ct).AsTask();
        using var http = Http(allowPrivate: true);

        await Assert.ThrowsAsync<OutboundRefused>(() => http.SendAsync(receiver.Address, Get, new SafeLimits { Bytes = 99_999 }, Ct));
        Assert.Equal(1000, (await http.SendAsync(receiver.Address, Get, new SafeLimits { Bytes = 1000, Cut = true }, Ct)).Body.Length);
        Assert.Equal(100_000, (await http.SendAsync(receiver.Address, Get, new SafeLimits { Bytes = 100_000 }, Ct)).Body.Length);
    }

    [Fact]
    public async Task AReceiverThatDoesNotAnswer_IsGivenUp()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = (http, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        using var http = Http(allowPrivate: true);

        var refused = await Assert.ThrowsAsync<OutboundRefused>(() => http.SendAsync(receiver.Address, Get, new SafeLimits { Time = TimeSpan.FromMilliseconds(200) }, Ct));

        Assert.Contains("No answer", refused.Message, StringComparison.Ordinal);
    }

    private static HttpRequestMessage Get(Uri address) => new(HttpMethod.Get, address);

    private static SafeHttp Http(bool allowPrivate) => new(Options.Create(new OutboundOptions { AllowPrivateNetworks = allowPrivate }));
}
