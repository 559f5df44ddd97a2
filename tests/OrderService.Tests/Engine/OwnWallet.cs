using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Engine;

/// <summary>A wallet of its own in the simulated world: a fresh key, and no funds but what a test gives it.</summary>
internal sealed class OwnWallet(EngineWorld world, int number)
{
    private readonly PrivateKey _key = PrivateKey.Parse($"{number:x8}{new string('7', 56)}");

    public StacksAddress Address => _key.PublicKey().ToAddress(world.Router.Terms.Network);

    public Task FundAsync(UInt128 amount) =>
        world.Get<SimulatedLedger>().FundAsync(Principal.From(Address), world.Sell, new TokenAmount(amount), default);

    public OrderTerms Terms(UInt128 amount, SliceTrigger trigger = SliceTrigger.Time) =>
        world.Terms(trigger) with { Owner = Address, Recipient = Principal.From(Address), AmountIn = new TokenAmount(amount) };

    public async Task<Order> CreateAsync(OrderTerms terms, EngineWorld? at = null) => (await TryCreateAsync(terms, at)).Value;

    public Task<Result<Order>> TryCreateAsync(OrderTerms terms, EngineWorld? at = null) =>
        (at ?? world).Get<PlaceOrder>().HandleAsync(NewOrder.Signed(terms, Sign(terms), null, "charisma", null), default);

    public RecoverableSignature Sign(OrderTerms terms)
    {
        var hash = new byte[32];
        new TransferIntent(terms.SellContract, terms.AmountIn.Units, Principal.From(terms.Router), terms.Uuid.ToString(),
            terms.ChainId).Hash(hash);
        return Secp256k1.Sign(hash, _key);
    }

    public Task<Order> CreateAsync(UInt128 amount, SliceTrigger trigger = SliceTrigger.Time) => CreateAsync(Terms(amount, trigger));
}
