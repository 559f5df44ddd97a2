using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Engine;

namespace OrderService.Tests.Simulation;

/// <summary>Which leg of which of the simulation's groups an order is.</summary>
internal sealed record PlayLeg(Guid Group, GroupKind Kind, int Leg);

/// <summary>
/// The orders of a simulation: of wallets that sign once, and of an account that pays for parts and for curves. The same seed asks for the
/// same.
/// </summary>
internal sealed class PlayOrders(TestSigner signer, int seed)
{
    public const ulong Funds = 1_000_000;

    private readonly List<(OrderUuid Uuid, string Kind, StacksAddress Owner)> _placed = [];
    private readonly Dictionary<Guid, int> _numbers = [];

    /// <summary>The number of each by its key.</summary>
    public IReadOnlyDictionary<Guid, int> Numbers => _numbers;

    /// <summary>The legs of groups by their intents' uuids.</summary>
    public Dictionary<string, PlayLeg> Legs { get; } = [];

    public int Count => _placed.Count;

    public (OrderUuid Uuid, string Kind, StacksAddress Owner) this[int order] => _placed[order];

    /// <summary>Places one at an engine; comes back with what it is, or why not.</summary>
    public async Task<string> PlaceAsync(SimulatedEngine engine, Random random)
    {
        var (world, number) = (engine.World, _placed.Count);
        var uuid = UuidOf(number);
        var (wallet, amount, now) = (new OwnWallet(world, 1 + random.Next(2)), (ulong)random.Next(2, 8) * Funds / 10,
            engine.Clock.GetUtcNow());
        var (kind, closes) = (random.Next(10), random.Next(3) > 0 ? now.AddSeconds(random.Next(5, 90)) : (DateTimeOffset?)null);
        var (name, placed) = kind switch
        {
            < 4 => ("whole",
                await wallet.TryCreateAsync(Named(wallet.Terms(amount), uuid) with { ValidTo = closes, IsImmediate = number % 3 == 2 })),
            < 6 => ("price",
                await wallet.TryCreateAsync(Trailing(Named(wallet.Terms(amount, SliceTrigger.Price),
                    uuid) with { ConditionToken = world.Sell, Direction = (TriggerDirection)random.Next(2),
                        TargetPrice = new Price((UInt128)random.Next(40, 61) * Price.Scale), ValidTo = closes, LimitPrice = Limit(number),
                        IsImmediate = number % 4 == 3 }, number))),
            6 => ("manual",
                await wallet.TryCreateAsync(
                    Named(wallet.Terms(amount, SliceTrigger.Manual), uuid) with { ValidTo = closes, LimitPrice = Limit(number) })),
            < 9 => ("parts",
                await OfAccountAsync(world, uuid, amount,
                    new OrderPlan.Parts(ScheduleWorld.Plan(
                        new Schedule.FixedInterval(2 + random.Next(2), Interval.Of(1, IntervalUnit.Minute)))), "panora")),
            _ => ("curve",
                await OfAccountAsync(world, uuid, amount, new OrderPlan.Curve(Curve(amount, random.Next(2) == 0), ["main"]), "tread")),
        };
        if (placed.IsRejected(out var why)) return $"{name} {why.Code}";
        _numbers[uuid.Key] = number;
        _placed.Add((uuid, name, placed.Value.Terms.Owner));
        return $"{name} {amount}";
    }

    /// <summary>
    /// Places one that an account sells by a call of its own: STX, which no intent moves. By the amount, another one for each, the judges
    /// know whose swap a call is.
    /// </summary>
    public async Task<string> PlaceCalledAsync(SimulatedEngine engine, Random random)
    {
        var (world, number, now) = (engine.World, _placed.Count, engine.Clock.GetUtcNow());
        var (uuid, amount) = (UuidOf(number), ((ulong)random.Next(1, 4) * Funds / 10) + (ulong)number);
        var terms = world.Terms() with
        {
            Uuid = uuid, AmountIn = new TokenAmount(amount), SellToken = TokenId.Stx, BuyToken = world.Sell,
            ValidTo = random.Next(3) == 0 ? now.AddSeconds(random.Next(5, 90)) : null,
        };
        var plan = new OrderPlan.Parts(ScheduleWorld.Plan(new Schedule.Immediate(1)));
        var placed = await world.Get<PlaceOrder>()
            .HandleAsync(new NewOrder(terms, ScheduleWorld.FromAccount(world, signer.Account), plan, "panora", null),
                CancellationToken.None);
        if (placed.IsRejected(out var why)) return $"called {why.Code}";
        _numbers[uuid.Key] = number;
        _placed.Add((uuid, "called", placed.Value.Terms.Owner));
        return $"called {amount}";
    }

    /// <summary>Places a group at an engine; comes back with what its legs are, or why not.</summary>
    public async Task<string> PlaceGroupAsync(SimulatedEngine engine, Random random, bool ofAccounts = false)
    {
        var (world, first, now) = (engine.World, _placed.Count, engine.Clock.GetUtcNow());
        var (wallet, kind) = (new OwnWallet(world, 1 + random.Next(2)), (GroupKind)random.Next(3));
        var isOfAccount = ofAccounts ? random.Next(3) > 0 : kind == GroupKind.Oco && random.Next(3) == 0;
        var isCalled = ofAccounts && isOfAccount && random.Next(2) == 0;
        var id = isOfAccount ? UuidOf(first).Key : Guid.Parse($"{seed:x8}-0001-4000-8000-{first:x12}");
        var legs = new List<(OrderTerms Terms, string Name)>();
        for (var leg = 1; leg <= kind.LegsCount(); leg++)
        {
            var (trigger,
                amount) = (random.Next(10) switch { < 4 => SliceTrigger.Time, < 7 => SliceTrigger.Price, _ => SliceTrigger.Manual },
                    (ulong)random.Next(2, 8) * Funds / 10);
            var terms = Named(isOfAccount
                ? world.Terms(trigger) with { AmountIn = new TokenAmount(amount) } : wallet.Terms(amount, trigger),
                UuidOf(first + legs.Count)) with
                {
                    GroupId = id, Leg = leg, ValidTo = random.Next(4) == 0 ? now.AddSeconds(random.Next(5, 90)) : null,
                };
            if (isOfAccount && isCalled)
            {
                terms = terms with
                {
                    AmountIn = new TokenAmount(amount + (ulong)(first + legs.Count)), SellToken = TokenId.Stx, BuyToken = world.Sell,
                };
            }
            if (trigger == SliceTrigger.Price)
            {
                terms = terms with
                {
                    ConditionToken = world.Sell, Direction = (TriggerDirection)random.Next(2),
                    TargetPrice = new Price((UInt128)random.Next(40, 61) * Price.Scale),
                };
            }
            legs.Add((terms, trigger == SliceTrigger.Time ? "whole" : trigger.ToString().ToLowerInvariant()));
        }
        var wanted = legs.ConvertAll(leg => isOfAccount
            ? new NewOrder(leg.Terms, ScheduleWorld.FromAccount(world, signer.Account), OrderPlan.OneSwap, "charisma", null)
            : NewOrder.Signed(leg.Terms, wallet.Sign(leg.Terms), null, "charisma", null));
        var (stored, refused) = await world.Get<PlaceOrders>().TogetherAsync(wanted, new GroupSlot(id, kind), CancellationToken.None);
        if (refused is not null) return $"{kind} {refused.Why.Code}";
        foreach (var (at, order) in stored.Index())
        {
            _numbers[order.Id] = _placed.Count;
            Legs[order.IsCalled
                ? $"called-{order.Terms.AmountIn}"
                : order.Slices[0].IntentUuid ?? order.Terms.Uuid.ToString()] = new PlayLeg(id, kind, at + 1);
            _placed.Add((order.Terms.Uuid, legs[at].Name, order.Terms.Owner));
        }
        return $"{kind}{(isOfAccount ? " by the account" : "")} of {string.Join(", ", legs.ConvertAll(leg => $"{leg.Name} {leg.Terms.AmountIn}"))}";
    }

    /// <summary>Its owner, as a caller.</summary>
    public Caller OwnerOf(int order) => new(_placed[order].Owner, null, null);

    // Of every fifth one.
    private static OrderTerms Trailing(OrderTerms terms, int number) =>
        number % 5 == 4 ? terms with { TargetPrice = null, TrailingBps = 300 } : terms;

    // Of every second one: what the node quotes is as often below it as above.
    private static Price? Limit(int number) => number % 2 == 0 ? new Price(Price.Scale / 2) : null;

    private OrderUuid UuidOf(int number) => OrderUuid.Parse($"{seed:x8}-0000-4000-8000-{number:x12}");

    private static OrderTerms Named(OrderTerms terms, OrderUuid uuid) => terms with { Uuid = uuid };

    private Task<Result<Order>> OfAccountAsync(EngineWorld world, OrderUuid uuid, ulong amount, OrderPlan plan, string dialect) =>
        world.Get<PlaceOrder>().HandleAsync(
            new NewOrder(world.Terms() with { Uuid = uuid, AmountIn = new TokenAmount(amount) },
                ScheduleWorld.FromAccount(world, signer.Account), plan, dialect, null), CancellationToken.None);

    private static CurveTerms Curve(ulong amount, bool isUneven) => new()
    {
        Side = TradeSide.Sell, Target = new TokenAmount(amount), Pace = isUneven ? CurvePace.Uneven : CurvePace.Curve, Duration = 120_000,
        SlicesMin = 3,
        Discretion = Share.Of(60_000_000), Patience = Share.Of(20_000_000),
    };
}
