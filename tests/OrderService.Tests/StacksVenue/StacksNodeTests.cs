using Microsoft.AspNetCore.Http;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Tests.Charisma;
using OrderService.Venues.Stacks.Node;

namespace OrderService.Tests.StacksVenue;

/// <summary>A node's trouble is one of two exceptions, whatever it was; only an answer is an answer.</summary>
public sealed class StacksNodeTests
{
    private static readonly ContractId Contract = new(Samples.Owner, "blaze-v1");

    private static readonly Func<StacksNode, Task>[] Questions =
    [
        node => node.TipAsync(CancellationToken.None), node => node.AccountAsync(Samples.Owner, CancellationToken.None),
        node => node.CallAsync(Contract, "check", [new ClarityValue.UInt(1)], CancellationToken.None),
        node => node.FunctionsAsync(Contract, CancellationToken.None),
        node => node.EstimateFeeAsync([1], 200, CancellationToken.None), node => node.BroadcastAsync([1], CancellationToken.None),
        node => node.TransactionAsync("ab", CancellationToken.None),
        node => node.AssetsAsync(Contract, CancellationToken.None), node => node.HoldingsAsync(Samples.Owner, CancellationToken.None),
    ];

    [Fact]
    public async Task A_node_that_is_silent_ends_in_a_timeout()
    {
        await using var fake =
            await FakeNode.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted), TimeSpan.FromMilliseconds(50));
        foreach (var ask in Questions) await Should.ThrowAsync<TimeoutException>(() => ask(fake.Node));
    }

    // The head of an answer is no answer yet.
    [Fact]
    public async Task A_node_that_stops_in_the_middle_ends_in_a_timeout_too()
    {
        await using var fake = await FakeNode.StartAsync(async context =>
        {
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }, TimeSpan.FromMilliseconds(50));
        foreach (var ask in Questions) await Should.ThrowAsync<TimeoutException>(() => ask(fake.Node));
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_no_timeout()
    {
        await using var fake = await FakeNode.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var given = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Should.ThrowAsync<OperationCanceledException>(() => fake.Node.TipAsync(given.Token));
    }

    [Theory]
    [InlineData(429, "slow down")]
    [InlineData(500, "{\"error\":\"x\"}")]
    [InlineData(502, "<html>bad gateway</html>")]
    [InlineData(503, "")]
    [InlineData(301, "")]
    public async Task A_status_that_is_no_answer_is_an_outage(int status, string body)
    {
        await using var fake = await FakeNode.StartAsync(status, body);
        foreach (var ask in Questions)
        {
            (await Should.ThrowAsync<HttpRequestException>(() => ask(fake.Node))).Message.ShouldContain(
                status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("""{"stacks_tip_height":"x","nonce":-1,"balance":"0x","okay":"yes","functions":7,"estimations":{},"tx_status":7}""")]
    [InlineData("""{"stacks_tip_height":1e99,"nonce":1.5,"balance":"7","okay":true,"result":"0xzz","functions":[{}],"estimations":[{"fee":"x"}],"tx_status":[]}""")]
    public async Task A_body_that_is_no_answer_is_an_outage(string body)
    {
        await using var fake = await FakeNode.StartAsync(200, body);
        foreach (var ask in Questions.Where((_, i) => i != 5)) await Should.ThrowAsync<HttpRequestException>(() => ask(fake.Node));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_without_end_is_not_read(bool saysSo)
    {
        var chunk = new byte[1 << 20];
        await using var fake = await FakeNode.StartAsync(async context =>
        {
            if (saysSo) context.Response.ContentLength = 8 << 20;
            for (var i = 0; i < 8; i++) await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        });
        await Should.ThrowAsync<HttpRequestException>(() => fake.Node.TipAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_connection_that_breaks_off_is_an_outage()
    {
        await using var fake = await FakeNode.StartAsync(async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        foreach (var ask in Questions) await Should.ThrowAsync<HttpRequestException>(() => ask(fake.Node));
    }

    [Fact]
    public async Task Answers_are_read()
    {
        await using var tip = await FakeNode.StartAsync(200, """{"stacks_tip_height":7,"stacks_tip":"ab","network_id":2147483648}""");
        (await tip.Node.TipAsync(CancellationToken.None)).ShouldBe(new NodeTip(7, "ab", 2147483648));
        await using var account = await FakeNode.StartAsync(200, """{"nonce":3,"balance":"0x0000000000000000000000000000000a"}""");
        (await account.Node.AccountAsync(Samples.Owner, CancellationToken.None)).ShouldBe(new NodeAccount(3, new TokenAmount(10)));
        await using var yes = await FakeNode.StartAsync(200, """{"okay":true,"result":"0x03"}""");
        (await yes.Node.CallAsync(Contract, "check", [], CancellationToken.None)).ShouldBe(new ClarityValue.Bool(true));
        await using var refused = await FakeNode.StartAsync(200, """{"okay":false,"cause":"Unchecked"}""");
        (await refused.Node.CallAsync(Contract, "check", [], CancellationToken.None)).ShouldBeNull();
        await using var fees = await FakeNode.StartAsync(200, """{"estimations":[{"fee":9},{"fee":1},{"fee":5}]}""");
        (await fees.Node.EstimateFeeAsync([1], 1, CancellationToken.None)).ShouldBe(5ul);
        await using var holdings = await FakeNode.StartAsync(200,
            """{"stx":{"balance":"7"},"fungible_tokens":{"CONTRACT::one":{"balance":"5"},"CONTRACT::two":{"balance":"6"}}}""".Replace(
                "CONTRACT", Contract.ToString(), StringComparison.Ordinal));
        (await holdings.Node.HoldingsAsync(Samples.Owner, CancellationToken.None)).ShouldBe(
            new Dictionary<TokenId, TokenAmount> { [TokenId.Stx] = new(7), [TokenId.Of(Contract)] = new(6) }, ignoreOrder: true);
        foreach (var wrong in (string[])["{\"stx\":{\"balance\":\"-1\"},\"fungible_tokens\":{}}",
            "{\"stx\":{\"balance\":\"7\"},\"fungible_tokens\":{\"x\":{\"balance\":\"5\"}}}"])
        {
            await using var lying = await FakeNode.StartAsync(200, wrong);
            await Should.ThrowAsync<HttpRequestException>(() => lying.Node.HoldingsAsync(Samples.Owner, CancellationToken.None));
        }
        await using var none = await FakeNode.StartAsync(200, """{"estimations":[]}""");
        (await none.Node.EstimateFeeAsync([1], 1, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_no_outage()
    {
        await using var fake = await FakeNode.StartAsync(404, "could not find");
        (await fake.Node.TransactionAsync("ab", CancellationToken.None)).ShouldBeNull();
        (await fake.Node.FunctionsAsync(Contract, CancellationToken.None)).ShouldBeNull();
        (await fake.Node.CallAsync(Contract, "check", [], CancellationToken.None)).ShouldBeNull();
        await Should.ThrowAsync<HttpRequestException>(() => fake.Node.BroadcastAsync([1], CancellationToken.None));
    }

    [Fact]
    public async Task A_broadcast_is_the_bytes_and_its_refusal_is_read()
    {
        var seen = new List<string>();
        await using var taken = await FakeNode.StartAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            seen.Add($"{context.Request.Method} {context.Request.Path} {context.Request.ContentType} {Convert.ToHexStringLower(body.ToArray())}");
            await context.Response.WriteAsync("\"ab\"");
        });
        (await taken.Node.BroadcastAsync([1, 2, 0xff], CancellationToken.None)).ShouldBe(new SubmitOutcome.Accepted());
        seen.ShouldBe(["POST /v2/transactions application/octet-stream 0102ff"]);
        await using var no = await FakeNode.StartAsync(400, """{"error":"transaction rejected","reason":"BadNonce"}""");
        (await no.Node.BroadcastAsync([1], CancellationToken.None)).ShouldBe(new SubmitOutcome.Refused("BadNonce", false));
    }
}
