using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Domain.Transactions;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Domain.Tests.Orders;

/// <summary>Really signed orders to test with.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    public static readonly PrivateKey Key = PrivateKey.Generate();
    public static readonly StacksAddress Owner = Key.PublicKey().ToAddress(StacksNetwork.Testnet);
    public static readonly ContractId Sell = new(Owner, "charisma-token-subnet-v1");
    public static readonly ContractId Router = new(Owner, "x-multihop-rc9");

    public static OrderTerms Terms(SliceTrigger trigger = SliceTrigger.Time) => new()
    {
        Uuid = OrderUuid.New(), Owner = Owner, Recipient = Principal.From(Owner), SellToken = Sell, BuyToken = TokenId.Stx,
        AmountIn = new TokenAmount(1_000_000), Router = Router, ChainId = StacksNetwork.Testnet.ChainId, Trigger = trigger,
        ConditionToken = trigger == SliceTrigger.Price ? TokenId.Stx : null,
        Direction = trigger == SliceTrigger.Price ? TriggerDirection.Gt : null,
        TargetPrice = trigger == SliceTrigger.Price ? Price.One : null,
    };

    public static Order Order(OrderTerms terms, int attemptsMax = 3) =>
        OrderService.Domain.Orders.Order.Create(Verified(terms), terms, "charisma", null, null, attemptsMax, Start).Value;

    public static VerifiedIntent Verified(OrderTerms terms)
    {
        var intent = new TransferIntent(terms.SellContract, terms.AmountIn.Units, Principal.From(terms.Router), terms.Uuid.ToString(),
            terms.ChainId);
        var hash = new byte[32];
        intent.Hash(hash);
        VerifiedIntent.TryVerify(intent, Secp256k1.Sign(hash, Key), terms.Owner, out var verified).ShouldBeTrue();
        return verified!;
    }

    public static PreparedTransaction Transaction(ulong nonce = 0) =>
        new(Convert.ToHexStringLower(Guid.NewGuid().ToByteArray().Concat(Guid.NewGuid().ToByteArray()).ToArray()), [1, 2, 3], Owner, nonce,
            TokenAmount.Zero);

    /// <summary>An order whose one slice is broadcast.</summary>
    public static (Order Order, SwapAttempt Attempt) Broadcast(int attemptsMax = 3)
    {
        var order = Order(Terms(), attemptsMax);
        return (order, Send(order, AttemptKind.Swap));
    }

    public static SwapAttempt Send(Order order, AttemptKind kind, int number = 1, DateTimeOffset? at = null)
    {
        Claim(order.Find(number), at ?? Start);
        return order.Broadcast(number, kind, Transaction(), new TokenAmount(10), new TokenAmount(9), at ?? Start);
    }

    /// <summary>What the sweep does in SQL.</summary>
    public static Guid Claim(Slice slice, DateTimeOffset at)
    {
        var claim = Guid.NewGuid();
        slice.Move(SliceStatus.Executing, slice.Reason);
        slice.Hold(claim, at, at.AddSeconds(30));
        return claim;
    }

    public static SchedulePlan Plan(Schedule schedule) => new() { Schedule = schedule, Attempts = new AttemptsBudget(3) };

    /// <summary>An order of a managed account.</summary>
    public static Order Scheduled(SchedulePlan plan, OrderTerms? terms = null) =>
        OrderService.Domain.Orders.Order.CreateScheduled(new FundsAuthority.Managed(Owner), terms ?? Terms(), plan, new ScheduleLimits(),
            "panora", null, Start).Value;
}
