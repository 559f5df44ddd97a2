using System.Globalization;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Accounts;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Curves;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.StacksVenue;

/// <summary>Orders that are planned slice by slice on the devnet, and what the VM's ledger knows of them.</summary>
internal static class DevnetCurves
{
    /// <summary>Opens an account, funds it with the target and places the order.</summary>
    public static async Task<Order> PlaceAsync(StacksWorld world, CurveTerms asked, bool isCalled = false)
    {
        var account =
            (await world.Get<CreateAccount>().HandleAsync(new NewAccount(Guid.NewGuid(), world.Owner, "main", null), default)).Value;
        var terms = world.Terms() with { AmountIn = asked.Target };
        if (isCalled)
        {
            terms = terms with { SellToken = TokenId.Stx, BuyToken = TokenId.Parse(world.Devnet.Contract("charisma-token")) };
            await world.Devnet.FaucetAsync(account.Address.ToString(), (long)(ulong)asked.Target.Units);
        }
        else
        {
            await DevnetAccountTests.FundAsync(world, account, terms.SellContract, asked.Target.Units);
        }
        return (await world.Get<PlaceOrder>()
            .HandleAsync(new NewOrder(terms, new OrderFunding.FromAccount(account), new OrderPlan.Curve(asked, []), "tread", null),
                default)).Value;
    }

    /// <summary>The swaps of the order's slices on the chain: how many, and what they sold. No slice is there twice.</summary>
    public static async Task<(int Swaps, long Spent)> SwappedAsync(StacksWorld world, Order order)
    {
        if (order.IsCalled)
        {
            var calls = (await world.Devnet.LedgerAsync()).Where(entry => (string?)entry["status"] == "success"
                && (string?)entry["sender"] == order.Account.ToString() && (string?)entry["fn"] != "noop").ToList();
            return (calls.Count, calls.Sum(entry => long.Parse(entry["amountIn"]!.ToString(), CultureInfo.InvariantCulture)));
        }
        var uuids = (await Verdict.ReadAsync(world.Get<Npgsql.NpgsqlDataSource>(),
            $"SELECT intent_uuid FROM slices WHERE order_id = '{order.Id}'")).ToHashSet();
        var swaps = (await world.Devnet.LedgerAsync()).Where(
            entry => (string?)entry["status"] == "success" && uuids.Contains((string?)entry["uuid"] ?? "")).ToList();
        swaps.Select(entry => (string?)entry["uuid"]).Distinct().Count().ShouldBe(swaps.Count, "a slice was swapped twice");
        return (swaps.Count, swaps.Sum(entry => long.Parse(entry["amountIn"]!.ToString(), CultureInfo.InvariantCulture)));
    }
}
