using System.Text;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Simulated;

public sealed class SimulatedCallTests
{
    private readonly SimulatedWorld world = WorldBuilderTests.World();

    [Fact]
    public void Equal_calls_have_equal_bytes_and_any_other_has_another_id()
    {
        var swap = Swap();
        var raw = swap.ToBytes();
        Swap().ToBytes().ShouldBe(raw);
        SimulatedCall.IdOf(raw).ShouldMatch("^[0-9a-f]{64}$");
        SimulatedCall[] others =
        [
            swap with { Nonce = 8 }, swap with { Fee = new TokenAmount(1) }, swap with { Solver = swap.Owner }, swap with { Swap = null },
            swap with { Swap = swap.Swap! with { MinAmountOut = new TokenAmount(2) } },
            swap with { Swap = swap.Swap! with { Recipient = Principal.From(world.Router) } },
            swap with { Swap = swap.Swap! with { Hops = [] } },
        ];
        others.Select(other => SimulatedCall.IdOf(other.ToBytes())).Append(SimulatedCall.IdOf(raw)).Distinct().Count()
            .ShouldBe(others.Length + 1);
    }

    [Fact]
    public void Bytes_read_back_as_the_call_that_wrote_them()
    {
        foreach (var call in new[] { Swap(), Swap() with { Swap = null } })
        {
            SimulatedCall.TryRead(call.ToBytes(), out var read).ShouldBeTrue();
            read!.ToBytes().ShouldBe(call.ToBytes());
            read.IsSigned().ShouldBeTrue();
        }
    }

    [Fact]
    public void No_other_spelling_of_a_call_is_read()
    {
        var text = Encoding.UTF8.GetString(Swap().ToBytes());
        string[] spellings = ["", "{}", "null", "[]", text + " ", text[..^1], text.Replace("\"nonce\":7", "\"nonce\":7.0"),
            text.Replace("\"nonce\":7", "\"nonce\":-7"),
            text.Replace("\"fee\":\"3\"", "\"fee\":\"03\""), text.Replace("\"nonce\":7,", "\"nonce\":7,\"more\":1,"),
            text.Replace("\"chain\"", "\"Chain\"")];
        foreach (var spelling in spellings) SimulatedCall.TryRead(Encoding.UTF8.GetBytes(spelling), out _).ShouldBeFalse(spelling);
        SimulatedCall.TryRead(new byte[] { 0xff, 0xfe }, out _).ShouldBeFalse();
    }

    private SimulatedCall Swap()
    {
        var key = PlayKeys.Of("a test's owner");
        var token = world.TokenList.First(one => one.Type == TokenType.Subnet);
        token.Id.IsContract(out var contract).ShouldBeTrue();
        var intent = new TransferIntent(contract!.Value, 1_000, Principal.From(world.Router), "00000000-0000-0000-0000-00000000000A",
            world.Network.ChainId);
        Span<byte> hash = stackalloc byte[32];
        intent.Hash(hash);
        var owner = key.PublicKey().ToAddress(world.Network);
        VerifiedIntent.TryVerify(intent, Secp256k1.Sign(hash, key), owner, out var verified).ShouldBeTrue();
        var hops = new RouteSearch(world.Vaults.Values, 3).Best(token.Id, TokenId.Stx, new TokenAmount(1_000), world.FirstReserves)!;
        var quote = new Quote(token.Id, TokenId.Stx, new TokenAmount(1_000), hops[^1].AmountOut, hops, DateTimeOffset.UnixEpoch);
        return SimulatedCall.Of(new RouterCall.Swap(verified, Principal.From(owner), quote, new TokenAmount(1)), world.Solvers[0], 7,
            new TokenAmount(3));
    }
}
