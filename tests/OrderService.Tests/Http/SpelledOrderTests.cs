using System.Text.Json.Nodes;
using OrderService.Stacks.Addresses;

namespace OrderService.Tests.Http;

/// <summary>What a client that slipped is told, and what one that did not reads back.</summary>
public sealed class SpelledOrderTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private readonly Wallet _wallet = service.Wallet;

    [Fact]
    public async Task W9_What_was_sent_is_read_back_as_it_was_sent()
    {
        (string Name, string Sent)[] spelt =
            [("targetPrice", "00.30"), ("validFrom", "2020-01-01T00:00Z"), ("validTo", "2100-01-01T00:00:00Z"), ("minAmountOut", "007")];
        var body = _wallet.Order(b =>
        {
            (b["conditionToken"], b["direction"]) = (".stx", "lt");
            foreach (var (name, sent) in spelt) b[name] = sent;
        });
        var (status, made) = await _wallet.PostOrderAsync(body);
        status.ShouldBe(200, made.ToJsonString());
        var read = (await _wallet.GetAsync($"/api/v1/orders/{body["uuid"]}")).Body;
        foreach (var order in (JsonNode[])[made["data"]!, read["data"]!])
            foreach (var (name, sent) in spelt) ((string?)order[name]).ShouldBe(sent);
    }

    [Fact]
    public async Task W13_A_uuid_that_was_signed_in_another_case_is_named()
    {
        var body = _wallet.Order(b => b["uuid"] = Guid.NewGuid().ToString().ToUpperInvariant());
        var signed = (string)body["uuid"]!;
        body["uuid"] = signed.ToLowerInvariant();
        var (status, refused) = await _wallet.PostOrderAsync(body);
        (status, (string?)refused["code"]).ShouldBe((400, "invalid_signature"));
        ((string)refused["error"]!).ShouldStartWith($"signature verification failed: it is the owner's over the uuid {signed}");
    }

    [Fact]
    public async Task W13_An_owner_of_the_other_network_is_told_how_it_is_written_here()
    {
        var mainnet = StacksAddress.Parse(_wallet.Address).On(StacksNetwork.Mainnet).ToString();
        var (status, refused) = await _wallet.PostOrderAsync(_wallet.Order(b => b["owner"] = mainnet));
        (status, (string?)refused["code"]).ShouldBe((400, "wrong_network"));
        ((string)refused["error"]!).ShouldBe(
            $"owner {mainnet} is an address of mainnet: this service is on testnet, where it is written {_wallet.Address}");
        (_, refused) = await _wallet.PostOrderAsync(_wallet.Order(b => b["recipient"] = mainnet));
        ((string)refused["error"]!).ShouldEndWith($"where it is written {_wallet.Address}");
    }

    [Fact]
    public async Task W13_A_cancel_that_signed_the_uuid_in_another_case_or_with_v_in_front_is_told_so()
    {
        var body = _wallet.Order();
        // One whose last byte is no recovery id, which would be taken for one where v stands in front.
        while (string.CompareOrdinal(_wallet.Sign((string)body["uuid"]!)[126..128], "03") <= 0) body = _wallet.Order();
        var uuid = (string)body["uuid"]!;
        (await _wallet.PostOrderAsync(body)).Status.ShouldBe(200);
        ((string)(await CancelAsync(_wallet.Sign(uuid.ToUpperInvariant())))["error"]!).ShouldContain(
            $"it is over {uuid.ToUpperInvariant()}: sign this order's uuid in its own case, {uuid}");
        var signature = _wallet.Sign(uuid);
        ((string)(await CancelAsync(signature[128..] + signature[..128]))["error"]!).ShouldContain("begins with its recovery id");

        async Task<JsonNode> CancelAsync(string by)
        {
            var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/orders/{uuid}/cancel");
            request.Headers.Add("x-signature", by);
            var (status, refused) = await _wallet.SendAsync(request);
            status.ShouldBe(401);
            return refused;
        }
    }

    [Fact]
    public async Task W20_A_refusal_says_how_an_order_stands_in_the_words_of_this_wire()
    {
        var body = _wallet.Order(Wallet.AtOnce);
        (await _wallet.PostOrderAsync(body)).Status.ShouldBe(200);
        var uuid = (string)body["uuid"]!;
        await _wallet.WaitAsync(uuid, "confirmed");
        foreach (var (method, verb) in ((HttpMethod, string)[])[(HttpMethod.Patch, "cancel"), (HttpMethod.Patch, "pause"),
            (HttpMethod.Post, "execute")])
        {
            var (status, refused) = await _wallet.AskAsync(method, uuid, verb);
            (status, (string?)refused["details"]!["status"],
                (string?)refused["error"]).ShouldBe((400, "confirmed", "Order not open: it is confirmed"), verb);
        }
        var paused = _wallet.Order();
        (await _wallet.PostOrderAsync(paused)).Status.ShouldBe(200);
        (await _wallet.AskAsync(HttpMethod.Patch, (string)paused["uuid"]!, "pause")).Status.ShouldBe(200);
        var (_, open) = await _wallet.AskAsync(HttpMethod.Post, (string)paused["uuid"]!, "execute");
        ((string?)open["details"]!["status"], (string?)open["details"]!["reason"],
            (string?)open["error"]).ShouldBe(("open", "paused", "Order not open: it is paused"));
    }
}
