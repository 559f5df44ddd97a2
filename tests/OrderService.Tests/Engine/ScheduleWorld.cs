using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Engine;

/// <summary>The engine with one managed account that holds play money.</summary>
internal sealed class ScheduleWorld : IAsyncDisposable
{
    public static readonly Interval Minute = Interval.Of(1, IntervalUnit.Minute);

    private ScheduleWorld(EngineWorld engine, TestSigner signer) => (Engine, Signer) = (engine, signer);

    public EngineWorld Engine { get; }

    public TestSigner Signer { get; }

    public Caller Owner => new(Engine.Owner, null, null);

    /// <summary>A node. Give the signer of another to make a second node, or the first again after a restart.</summary>
    public static async Task<ScheduleWorld> StartAsync(
        string connectionString, ScheduleWorld? before = null, params (string Key, string Value)[] settings)
    {
        var signer = before?.Signer ?? new TestSigner();
        var engine = await EngineWorld.StartAsync(connectionString, services => services.AddSingleton<IManagedSigner>(signer),
            before?.Engine.Time, settings);
        var world = new ScheduleWorld(engine, signer);
        if (before is not null) return world;
        await OpenAsync(engine, signer.Account);
        await world.FundAsync(10_000_000_000);
        return world;
    }

    /// <summary>Makes an address an account of the owner's, without a key in the store.</summary>
    public static async Task OpenAsync(EngineWorld engine, StacksAddress address)
    {
        await using var db = await engine.Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
        db.Add(new ManagedAccount(IdOf(address), engine.Owner, $"a{Guid.NewGuid():N}", address, engine.Time.GetUtcNow()));
        await db.SaveChangesAsync();
    }

    public Task FundAsync(ulong units) =>
        Engine.Get<SimulatedLedger>()
            .FundAsync(Principal.From(Signer.Account), Engine.Sell, new TokenAmount(units), CancellationToken.None);

    public static SchedulePlan Plan(Schedule schedule) => new() { Schedule = schedule, Attempts = new AttemptsBudget(3) };

    public static SchedulePlan EveryMinute(int parts) => Plan(new Schedule.FixedInterval(parts, Minute));

    public OrderTerms Terms(ulong units = 12_000_005) => Engine.Terms() with { AmountIn = new TokenAmount(units) };

    public Task<Result<Order>> TryCreateAsync(SchedulePlan plan, OrderTerms? terms = null, OrderFunding? funding = null) =>
        Engine.Get<PlaceOrder>().HandleAsync(
            new NewOrder(terms ?? Terms(), funding ?? FromAccount(Engine, Signer.Account), new OrderPlan.Parts(plan), "panora", null),
            CancellationToken.None);

    /// <summary>What an account pays that may be opened or not: the store is asked.</summary>
    public static OrderFunding FromAccount(EngineWorld engine, StacksAddress address) =>
        new OrderFunding.FromAccount(new ManagedAccount(IdOf(address), engine.Owner, "pays", address, engine.Time.GetUtcNow()));

    private static Guid IdOf(StacksAddress address) => new(SHA256.HashData(Encoding.UTF8.GetBytes(address.ToString())).AsSpan(0, 16));

    public async Task<Order> CreateAsync(SchedulePlan plan, OrderTerms? terms = null) => (await TryCreateAsync(plan, terms)).Value;

    public async Task<Order> ReadAsync(Order order) => (await Engine.ReadAsync(order)).Order;

    /// <summary>Beats once, then lets time pass.</summary>
    public async Task BeatAsync(TimeSpan after)
    {
        await Engine.BeatAsync();
        Engine.Time.Advance(after);
    }

    public async Task BeatAsync(int times, TimeSpan apart)
    {
        for (var i = 0; i < times; i++) await BeatAsync(apart);
    }

    public async Task<int> CountAsync(Order order, SliceStatus status) => (await ReadAsync(order)).Slices.Count(s => s.Status == status);

    /// <summary>What the chain swapped of an order: how often, and how much in all.</summary>
    public async Task<(long Swaps, long AmountIn)> SwappedAsync(Order order)
    {
        var swaps = $"FROM simulator.swaps w JOIN slices s ON s.intent_uuid = w.uuid WHERE s.order_id = '{order.Id}'";
        return (await Engine.ScalarAsync($"SELECT count(*) {swaps}"),
            await Engine.ScalarAsync($"SELECT coalesce(sum(w.amount_in), 0) {swaps}"));
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
