using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OrderService.Stacks.Addresses;

namespace OrderService.Tests.Http;

/// <summary>
/// Who is paid need not have one key, nor any: an address of several keys and a contract are paid whatever is bought, STX, a plain token or
/// one of a subnet.
/// </summary>
public sealed class PaidRecipientTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Theory]
    [InlineData(true, "NATIVE")]
    [InlineData(true, "SIP10")]
    [InlineData(true, "SUBNET")]
    [InlineData(false, "NATIVE")]
    [InlineData(false, "SIP10")]
    [InlineData(false, "SUBNET")]
    public async Task A_recipient_of_several_keys_or_a_contract_gets_what_was_bought(bool isSeveralKeys, string type)
    {
        var wallet = service.Wallet;
        var recipient = isSeveralKeys ? SeveralKeys() : $"{wallet.Address}.treasury-{Guid.NewGuid().ToString("N")[..8]}";
        var tokens = (await wallet.GetAsync("/api/v1/tokens")).Body["data"]!.AsArray();
        var bought = (string)tokens.First(
            token => (string?)token!["type"] == type && (string?)token["contractId"] != wallet.SellToken)!["contractId"]!;
        // Which pools are moved by what else happens is no matter here.
        var order = wallet.Order(body =>
            (body["recipient"], body["outputToken"], body["maxDeviationBps"], body["slippageBps"],
                body["acceptUnprotectedOutput"]) = (recipient, bought, 10_000, 9_900, true));
        Wallet.AtOnce(order);

        (await wallet.PostOrderAsync(order)).Status.ShouldBe(200);
        var ended = await wallet.WaitAsync((string)order["uuid"]!, "confirmed");

        ((string?)ended["recipient"]).ShouldBe(recipient);
        var held = (await wallet.GetAsync($"/simulator/accounts/{recipient}")).Body["balances"]!.AsArray();
        held.Select(balance => ((string?)balance!["token"], (string?)balance["amount"])).ShouldBe([(bought, (string?)ended["amountOut"])]);
        UInt128.Parse((string)ended["amountOut"]!, null).ShouldBeGreaterThan(UInt128.Zero);
    }

    private static string SeveralKeys() =>
        new StacksAddress(StacksNetwork.Testnet.MultiSigVersion,
            Hash160.FromBytes(RandomNumberGenerator.GetBytes(Hash160.Size))).ToString();
}
