using System.Globalization;
using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Panora;

/// <summary>
/// Makes the order that a create call wants: finds the account that pays, chooses what was left to the service, and stores it.
/// </summary>
internal sealed class NewOrders(
    OwnWallets wallets, ChooseSlippage chooseSlippage, PlaceOrder place, ISwapRouter router, IOptions<OrdersOptions> options,
    TimeProvider time)
{
    /// <summary>The uuid of the stored order, or why there is none.</summary>
    public async Task<Result<OrderUuid>> StoreAsync(WantedOrder wanted, PanoraTxId id, Caller caller, CancellationToken token)
    {
        if ((await wallets.PayerAsync(wanted, caller.Owner, token)).IsRejected(out var why, out var account)) return why;
        if (wanted.Rate.Min is not null && wanted.Rate.LeastOut(wanted.AmountIn, wanted.Sell.Decimals, wanted.Buy.Decimals) is null)
            return wanted.Product.FieldNames.In(new OrderError.Field("rateMin", "asks for more than any token has", "amount_out_of_range"));
        var terms = TermsOf(wanted, id, caller.Owner, await SlippageAsync(wanted, token));
        var plan = new SchedulePlan
        {
            Schedule = wanted.Schedule, Attempts = new AttemptsBudget(TriesOf(wanted)), Rate = wanted.Rate,
            OnPartFailed = PartFailure.Continue,
        };
        var order = new NewOrder(terms, new OrderFunding.FromAccount(account), new OrderPlan.Parts(plan), wanted.Product.Dialect,
            EchoOf(wanted, caller, terms).ToJson())
            {
                By = caller, Kind = wanted.Product.Kind, PublicId = id.ToString(),
            };
        return (await place.HandleAsync(order, token)).IsRejected(out var refused, out var stored)
            ? wanted.Product.FieldNames.In(refused) : stored.Terms.Uuid;
    }

    // A part of a rhythm is tried until the next one's turn comes, which is limit enough.
    private int TriesOf(WantedOrder wanted) =>
        wanted.Schedule is Schedule.FixedInterval ? ScheduleLimits.AttemptsMax : options.Value.AttemptsMax;

    private async Task<int> SlippageAsync(WantedOrder wanted, CancellationToken token)
    {
        if (wanted.SlippageBps is { } bps) return bps;
        if (wanted.Echo["slippagePercentage"] != FieldReads.Auto) return options.Value.DefaultSlippageBps;
        var part = new TokenAmount(UInt128.Max(1, wanted.AmountIn.Units / (UInt128)wanted.Schedule.Parts));
        return await chooseSlippage.HandleAsync(wanted.Sell.Id, wanted.Buy.Id, part, token);
    }

    private OrderTerms TermsOf(WantedOrder wanted, PanoraTxId id, StacksAddress owner, int slippageBps) => new()
    {
        Uuid = id.Uuid,
        Owner = owner,
        Recipient = Principal.From(wanted.ToWallet),
        SellToken = wanted.Sell.Id,
        BuyToken = wanted.Buy.Id,
        AmountIn = wanted.AmountIn,
        Router = router.Terms.Router,
        ChainId = router.Terms.Network.ChainId,
        Trigger = SliceTrigger.Time,
        ValidTo = wanted.Expiry?.After(time.GetUtcNow(), 1),
        MinAmountOut = wanted.LeastOut() is { } least && least > TokenAmount.Zero ? least : null,
        SlippageBps = slippageBps,
        AcceptsUnprotectedOutput = wanted.AcceptsUnprotectedOutput,
    };

    private static EchoedFields EchoOf(WantedOrder wanted, Caller caller, OrderTerms terms) => wanted.Echo
        .With("platformId", caller.Key?.Id.ToString("N", CultureInfo.InvariantCulture))
        .With("slippagePercentage", wanted.Echo["slippagePercentage"] ?? HumanAmount.Text(terms.SlippageBps!.Value, decimals: 2));
}
