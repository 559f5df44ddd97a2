using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Engine;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Accounts;

/// <summary>What the tests of accounts do with an engine.</summary>
internal static class AccountSteps
{
    public static async Task<ManagedAccount> OpenAccountAsync(this EngineWorld world, UInt128? funds = null)
    {
        var account = (await world.Get<CreateAccount>()
            .HandleAsync(new NewAccount(Guid.NewGuid(), world.Owner, $"a{Guid.NewGuid():N}", null), default)).Value;
        if (funds is { } amount) await world.FundAsync(account, amount);
        return account;
    }

    public static Task FundAsync(this EngineWorld world, ManagedAccount account, UInt128 amount) =>
        world.Get<SimulatedLedger>().FundAsync(Principal.From(account.Address), world.Sell, new TokenAmount(amount), default);

    /// <summary>Parts that follow each other at once.</summary>
    public static Task<Result<Order>> TryCreateManagedAsync(
        this EngineWorld world, ManagedAccount account, UInt128 amount, int parts = 1, Func<OrderTerms, OrderTerms>? more = null,
        Schedule? schedule = null)
    {
        var terms = world.Terms() with { AmountIn = new TokenAmount(amount) };
        var plan = new SchedulePlan { Schedule = schedule ?? new Schedule.Immediate(parts), Attempts = new AttemptsBudget(3) };
        var wanted = new NewOrder(more is null ? terms : more(terms), new OrderFunding.FromAccount(account), new OrderPlan.Parts(plan),
            "panora", null);
        return world.Get<PlaceOrder>().HandleAsync(wanted, default);
    }

    public static async Task<AccountFunds> FundsAsync(this EngineWorld world, ManagedAccount account)
    {
        var view = (await world.Get<ReadAccounts>().OneAsync(account, default)).Value;
        return view.Funds.Single(f => f.Token.Id == world.Sell).Funds;
    }

    public static async Task<List<AccountEntry>> EntriesAsync(this EngineWorld world, ManagedAccount account) =>
        [.. (await world.Get<ReadAccountHistory>().HandleAsync(account, null, 100, default)).Entries.Reverse()];

    public static ContractId SellContract(this EngineWorld world) => ContractId.Parse(world.Sell.ToString(), null);

    /// <summary>
    /// Initial = spent + reserved + returned, of every order; and no more is reserved than there is. How many orders were looked at.
    /// </summary>
    public static async Task<long> CheckLedgerAsync(this EngineWorld world)
    {
        (await world.ScalarAsync(
            "SELECT count(*) FROM reservations WHERE initial <> spent + reserved + returned OR in_flight > reserved")).ShouldBe(0);
        (await world.ScalarAsync(
            """
            SELECT count(*) FROM reservations r JOIN orders o ON o.id = r.order_id AND NOT o.is_curve AND o.group_id IS NULL JOIN LATERAL (
                SELECT coalesce(sum(amount_in) FILTER (WHERE status = 'confirmed'), 0) AS spent,
                       coalesce(sum(amount_in) FILTER (WHERE status IN ('waiting', 'executing', 'broadcast')), 0) + CASE WHEN o.is_rest_released THEN 0 ELSE o.amount_in - coalesce(sum(amount_in), 0) END AS reserved,
                       coalesce(sum(amount_in) FILTER (WHERE status = 'broadcast' AND end_as IS NULL), 0) AS in_flight,
                       coalesce(sum(amount_in) FILTER (WHERE status IN ('failed', 'skipped', 'cancelled', 'expired')), 0) + CASE WHEN o.is_rest_released THEN o.amount_in - coalesce(sum(amount_in), 0) ELSE 0 END AS returned
                FROM slices s WHERE s.order_id = r.order_id) s ON true
            WHERE (r.spent, r.reserved, r.in_flight, r.returned) IS DISTINCT FROM (s.spent, s.reserved, s.in_flight, s.returned)
            """)).ShouldBe(0);
        // The append-only entries tell the same story.
        (await world.ScalarAsync(
            """
            SELECT count(*) FROM reservations r JOIN LATERAL (
                SELECT coalesce(sum(amount) FILTER (WHERE e.kind = 'reserved'), 0) AS initial,
                       coalesce(sum(amount) FILTER (WHERE e.kind = 'spent'), 0) - coalesce(sum(amount) FILTER (WHERE e.kind = 'taken_back'), 0) AS spent,
                       coalesce(sum(amount) FILTER (WHERE e.kind = 'returned'), 0) AS returned
                FROM account_entries e JOIN orders o ON o.id = e.order_id WHERE r.order_id IN (o.id, o.group_id) AND e.token = r.token) e ON true
            WHERE (r.initial, r.spent, r.returned) IS DISTINCT FROM (e.initial, e.spent, e.returned)
            """)).ShouldBe(0);
        (await world.ScalarAsync("SELECT count(*) FROM orders o WHERE account IS NOT NULL AND NOT EXISTS (SELECT 1 FROM reservations r WHERE r.order_id IN (o.id, o.group_id))")).ShouldBe(0);
        return await world.ScalarAsync("SELECT count(*) FROM reservations");
    }
}
