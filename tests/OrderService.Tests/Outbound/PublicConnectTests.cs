using System.Net;
using OrderService.Engine.Outbound;
using OrderService.Engine.Webhooks;
using OrderService.Tests.Webhooks;

namespace OrderService.Tests.Outbound;

/// <summary>
/// Nothing leaves for an address of ours: by its number, by a name, after a redirect or behind a name that means something else by then.
/// </summary>
public class PublicConnectTests
{
    private static readonly WebhookMessage Message = WebhookMessage.Test(Guid.NewGuid(), DateTimeOffset.UtcNow);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")] // what a cloud tells its machines
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("192.0.0.192")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::7f00:1")] // translated to 127.0.0.1
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("ff02::1")]
    [InlineData("2002:7f00:1::")] // the tunnel of 127.0.0.1
    [InlineData("2001:db8::1")]
    public void What_is_ours_is_not_public(string address) => PublicConnect.IsPublic(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("192.167.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:4700:4700::1111")]
    public void What_is_everybodys_is_public(string address) => PublicConnect.IsPublic(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("http://example.com/hook", "invalid_field")]
    [InlineData("ftp://example.com/hook", "invalid_field")]
    [InlineData("example.com/hook", "invalid_field")]
    [InlineData("https://user:word@example.com/", "invalid_field")]
    [InlineData("https://example.com/#here", "invalid_field")]
    [InlineData("https://localhost/", "address_not_public")]
    [InlineData("https://metadata/", "address_not_public")]
    [InlineData("https://127.0.0.1/", "address_not_public")]
    [InlineData("https://2130706433/", "address_not_public")] // 127.0.0.1 in one number
    [InlineData("https://0x7f.1/", "address_not_public")]
    [InlineData("https://[::1]/", "address_not_public")]
    [InlineData("https://[::ffff:10.0.0.1]/", "address_not_public")]
    [InlineData("https://169.254.169.254/latest/meta-data", "address_not_public")]
    [InlineData(null, "invalid_field")]
    public void An_address_that_may_not_be_is_refused_when_it_is_named(string? url, string code) =>
    WebhookUrls.Read(url, allowsPrivate: false).Error!.Code.ShouldBe(code);

    [Theory]
    [InlineData("https://example.com/hook?x=1", false)]
    [InlineData("https://1.1.1.1:8443/", false)]
    [InlineData("http://127.0.0.1:5000/", true)]
    public void Others_are_taken(string url, bool allowsPrivate) => WebhookUrls.Read(url, allowsPrivate).Error.ShouldBeNull();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("1.1.1.1", "127.0.0.1")] // any of them
    [InlineData]
    public async Task A_name_that_leads_to_us_is_not_sent_to(params string[] addresses)
    {
        await using var receiver = await Receiver.StartAsync();
        var asked = 0;
        using var send = new SendWebhook(new PublicConnect((_, _) =>
            Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse))
                .ContinueWith(done => { asked++; return done.Result; }, TaskScheduler.Default), allowsPrivate: false),
                TimeSpan.FromSeconds(5), TimeProvider.System);
        var outcome =
            await send.HandleAsync(new Uri($"http://looks-public.example:{receiver.Url.Port}/"), Message, [[1]], CancellationToken.None);
        (outcome.IsDelivered, outcome.Error, receiver.Received.Count, asked).ShouldBe((false, "address_not_public", 0, 1));
    }

    [Fact]
    public async Task What_a_name_was_judged_by_is_what_is_connected_to()
    {
        await using var receiver = await Receiver.StartAsync();
        // The name means something else each time that it is asked for: it is asked for once a connection.
        var answers = new Queue<string>(["127.0.0.1", "203.0.113.1"]);
        using var send = new SendWebhook(new PublicConnect((_, _) => Task.FromResult(new[] { IPAddress.Parse(answers.Dequeue()) }),
            allowsPrivate: true), TimeSpan.FromSeconds(5), TimeProvider.System);
        (await send.HandleAsync(new Uri($"http://rebinds.example:{receiver.Url.Port}/"), Message, [[1]],
            CancellationToken.None)).IsDelivered.ShouldBeTrue();
        answers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task No_redirect_is_followed()
    {
        await using var inner = await Receiver.StartAsync();
        await using var outer = await Receiver.StartAsync();
        outer.Answers = _ => (302, "elsewhere", inner.Url.ToString());
        using var send = new SendWebhook(new PublicConnect(Dns.GetHostAddressesAsync, allowsPrivate: true), TimeSpan.FromSeconds(5),
            TimeProvider.System);
        var outcome = await send.HandleAsync(outer.Url, Message, [[1]], CancellationToken.None);
        (outcome.IsDelivered, outcome.Status, outcome.Error, inner.Received.Count,
            outer.Received.Count).ShouldBe((false, 302, "redirected", 0, 1));
    }

    [Fact]
    public async Task Of_an_answer_the_first_KiB_is_read_and_no_more()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answers = _ => (200, $"a\0b{new string('x', 100_000)}", null);
        using var send = new SendWebhook(new PublicConnect(Dns.GetHostAddressesAsync, allowsPrivate: true), TimeSpan.FromSeconds(5),
            TimeProvider.System);
        var outcome = await send.HandleAsync(receiver.Url, Message, [[1]], CancellationToken.None);
        outcome.IsDelivered.ShouldBeTrue();
        outcome.Answer.ShouldBe($"a\uFFFDb{new string('x', 1_021)}");
    }
}
