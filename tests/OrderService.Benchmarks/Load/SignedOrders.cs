using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Venues.Simulated;

namespace OrderService.Benchmarks.Load;

/// <summary>Really signed orders of many wallets. Signing happens before anything is measured.</summary>
internal sealed class SignedOrders
{
    private readonly (PrivateKey Key, StacksAddress Address)[] _wallets;

    /// <summary>One wallet is the demo account, which has funds at the simulated venue.</summary>
    public SignedOrders(int wallets)
    {
        World = SimulatedWorld.Of(new SimulatedOptions());
        var keys = wallets == 1 ? [Demo] : Enumerable.Range(0, wallets).Select(_ => PrivateKey.Generate());
        _wallets = [.. keys.Select(key => (key, key.PublicKey().ToAddress(World.Network)))];
        Sell = World.TokenList.First(
            token => token.Type == TokenType.Subnet && token.Symbol.StartsWith("CHA", StringComparison.Ordinal)).Id;
    }

    public SimulatedWorld World { get; }

    public TokenId Sell { get; }

    /// <summary>The key of the demo account.</summary>
    public PrivateKey DemoKey { get; } = Demo;

    private static PrivateKey Demo =>
        PrivateKey.TryParse(new SimulatedOptions().DemoKey, out var key)
            ? key : throw new InvalidOperationException("the simulator has no demo key");

    /// <summary>Due at the next tick.</summary>
    public NewOrder[] AtOnce(int count) => Sign(count, terms => terms with { Trigger = SliceTrigger.Time });

    /// <summary>Waits for a price that does not come.</summary>
    public NewOrder[] Waiting(int count) => Sign(count, terms => terms with
    {
        Trigger = SliceTrigger.Price, ConditionToken = Sell, BaseAsset = TokenId.Usd, Direction = TriggerDirection.Gt,
        TargetPrice = Price.Parse("1000000.25"),
    });

    /// <summary>The signature of its intent.</summary>
    public static RecoverableSignature SignatureOf(NewOrder order) => ((OrderFunding.BySignature)order.Funding).Signature;

    private NewOrder[] Sign(int count, Func<OrderTerms, OrderTerms> condition)
    {
        var orders = new NewOrder[count];
        Parallel.For(0, count, i =>
        {
            var (key, owner) = _wallets[i % _wallets.Length];
            var terms = condition(Terms(owner));
            Span<byte> hash = stackalloc byte[32];
            new TransferIntent(terms.SellContract, terms.AmountIn.Units, Principal.From(terms.Router), terms.Uuid.ToString(),
                terms.ChainId).Hash(hash);
            orders[i] = NewOrder.Signed(terms, Secp256k1.Sign(hash, key), null, "charisma", null);
        });
        return orders;
    }

    private OrderTerms Terms(StacksAddress owner) => new()
    {
        Uuid = OrderUuid.New(), Owner = owner, Recipient = Principal.From(owner), SellToken = ContractId.Parse(Sell.ToString(), null),
        BuyToken = TokenId.Stx,
        AmountIn = new TokenAmount(1_000_000), Router = World.Router, ChainId = World.Network.ChainId, Trigger = SliceTrigger.Manual,
    };
}
