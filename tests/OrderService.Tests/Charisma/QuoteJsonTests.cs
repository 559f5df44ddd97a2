using System.Text.Json.Nodes;
using OrderService.Api.Charisma;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Tests.Charisma;

public class QuoteJsonTests
{
    private static readonly TokenId Sell = TokenId.Of(new ContractId(Samples.Owner, "sell"));
    private static readonly ContractId Vault = new(Samples.Owner, "pool");

    [Fact]
    public void Both_documented_shapes_are_there_at_once()
    {
        var data = Write(1_000_000, 1_248_700);
        data["path"]!.AsArray().Select(t => t!["contractId"]!.GetValue<string>()).ShouldBe([Sell.ToString(), ".stx"]);
        data["hops"]![0]!["vault"]!["contractId"]!.GetValue<string>().ShouldBe(Vault.ToString());
        data["hops"]![0]!["quote"]!["amountOut"]!.GetValue<long>().ShouldBe(1_248_700);
        data["route"]!["hops"]![0]!["vault"]!.GetValue<string>().ShouldBe(Vault.ToString());
        data["amountIn"]!.GetValue<long>().ShouldBe(1_000_000);
        data["expectedPrice"]!.GetValue<string>().ShouldBe("124.87"); // 8 decimals in, 6 out
        data["minimumReceived"]!.GetValue<long>().ShouldBe(1_236_213);
    }

    [Fact]
    public void An_amount_beyond_2_to_53_is_text()
    {
        Write(1UL << 53, 1)["amountIn"]!.GetValueKind().ShouldBe(System.Text.Json.JsonValueKind.Number);
        Write((1UL << 53) + 1, UInt128.MaxValue)["amountIn"]!.GetValue<string>().ShouldBe("9007199254740993");
        Write(1, UInt128.MaxValue)["amountOut"]!.GetValue<string>().ShouldBe("340282366920938463463374607431768211455");
    }

    [Theory]
    [InlineData("9007199254740991", true)]
    [InlineData("9007199254740992", true)] // 2^53, the last that every reader has exactly
    [InlineData("9007199254740993", false)]
    [InlineData("340282366920938463463374607431768211455", false)]
    public void Every_amount_of_both_shapes_is_exact(string amount, bool isNumber)
    {
        var units = UInt128.Parse(amount);
        var data = Write(units, units, slippageBps: 0);
        var hop = data["hops"]![0]!["quote"]!;
        foreach (var node in new[] { data["amountIn"], data["amountOut"], data["minimumReceived"], hop["amountIn"], hop["amountOut"] })
            node!.ToJsonString().ShouldBe(isNumber ? amount : $"\"{amount}\"");
        data["expectedPrice"]!.GetValue<string>().ShouldBe("100");
    }

    [Fact]
    public void The_hops_of_both_shapes_are_the_same()
    {
        var data = Write(5, 7);
        var (whole, brief) = (data["hops"]![0]!, data["route"]!["hops"]![0]!);
        brief["vault"]!.GetValue<string>().ShouldBe(whole["vault"]!["contractId"]!.GetValue<string>());
        brief["opcode"]!.GetValue<int>().ShouldBe(whole["opcode"]!.GetValue<int>());
        foreach (var name in new[] { "tokenIn", "tokenOut" })
            brief[name]!.GetValue<string>().ShouldBe(whole[name]!["contractId"]!.GetValue<string>());
    }

    private static JsonNode Write(UInt128 amountIn, UInt128 amountOut, int slippageBps = 100)
    {
        var hop = new Hop(Vault, 1, Sell, TokenId.Stx, new TokenAmount(amountIn), new TokenAmount(amountOut));
        var quote = new Quote(Sell, TokenId.Stx, new TokenAmount(amountIn), new TokenAmount(amountOut), [hop], Samples.Start);
        var bytes =
            JsonAnswer.Bytes(QuoteJson.Of(quote, BasisPoints.Of(slippageBps), Find, FindVault), CharismaJson.Default.QuoteAnswerRecord);
        return JsonNode.Parse(bytes.Span)!["data"]!;
    }

    [Fact]
    public void W8_A_hop_says_of_its_vault_and_tokens_what_a_client_builds_a_swap_from()
    {
        var hop = Write(5, 7)["hops"]![0]!;
        var vault = hop["vault"]!;
        ((string?)vault["type"], (string?)vault["name"], (int)vault["fee"]!, (string?)vault["image"],
            (string?)vault["identifier"]).ShouldBe(("POOL", "A pool", 3_000, "https://pictures.example/pool.png", "lp"));
        ((string?)vault["externalPoolId"]).ShouldBe(Samples.Owner.ToString());
        ((string?)vault["tokenA"]!["contractId"], (string?)vault["tokenB"]!["contractId"]).ShouldBe((Sell.ToString(), ".stx"));
        ((string?)hop["tokenIn"]!["identifier"], (string?)hop["tokenIn"]!["image"],
            hop["tokenOut"]!["image"]).ShouldBe(("sell-asset", "ipfs://picture", null));
    }

    private static VaultFacts? FindVault(ContractId id) => new(id, "POOL", "A pool", 3_000, Sell, TokenId.Stx)
    {
        Image = "https://pictures.example/pool.png", Identifier = "lp", ExternalPool = Principal.From(Samples.Owner),
    };

    private static Token? Find(TokenId id) =>
        id == Sell
            ? new Token(id, "S", "Sell", 8, TokenType.Subnet) { Identifier = "sell-asset", Image = "ipfs://picture" }
            : new Token(id, "STX", "Stacks", 6, TokenType.Native);
}
