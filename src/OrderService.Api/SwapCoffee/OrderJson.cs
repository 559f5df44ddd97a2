using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;

namespace OrderService.Api.SwapCoffee;

/// <summary>Makes the records of orders as this wire has them.</summary>
internal sealed class OrderJson(Func<TokenId, Token?> find, VenueTerms venue, CloseTimestampUnit closeUnit)
{
    /// <summary>One order.</summary>
    public StrategyRecord Of(OrderView view)
    {
        var (order, terms) = (view.Order, view.Order.Terms);
        var progress = OrderProgress.Of(view);
        return new StrategyRecord
        {
            Id = PublicNumbers.Of(order.PublicId!),
            Type = StrategyTypes.Of(order).Word(),
            Wallet = order.Account.ToString()!,
            Status = SwapCoffeeStatus.Of(order),
            CreationTimestamp = order.CreatedAt.ToUnixTimeSeconds(),
            TokenFrom = Of(terms.SellToken),
            TokenTo = Of(terms.BuyToken),
            InitialInputAmount = terms.AmountIn.ToString(),
            CurrentInputAmount = progress.InputLeft.ToString(),
            CurrentOutputAmount = progress.Output.ToString(),
            Settings = SettingsOf(order),
            MaxSuborders = order.Rules.Parts ?? order.Slices.Count,
            SubordersExecuted = progress.Suborders,
            MaxInvocations = order.Rules.AttemptsMax ?? order.Rules.Parts ?? order.Slices.Count,
            InvocationsExecuted = progress.Invocations,
            Slippage = NumberText.OfFraction(terms.SlippageBps ?? 0),
            MaxPathLength = NewOrderTerms.PathLengthOf(order, venue),
            ActiveTransactions = progress.InFlight,
            CloseTimestamp = order.EndedAt is not { } ended
                ? null : closeUnit == CloseTimestampUnit.Seconds ? ended.ToUnixTimeSeconds() : ended.ToUnixTimeMilliseconds(),
        };
    }

    // A token that the registry dropped since is known by its id alone.
    private TokenRecord Of(TokenId id)
    {
        var token = find(id);
        return new TokenRecord
        {
            Address = new ToldAddressRecord { Blockchain = TokenAddress.Blockchain, Address = TokenAddress.Of(id) },
            Metadata = new TokenMetadataRecord
            {
                Name = token?.Name ?? id.ToString(), Symbol = token?.Symbol ?? id.ToString(), Decimals = token?.Decimals ?? 0,
                ImageUrl = token?.Image, Listed = token is not null,
            },
        };
    }

    // The delay in both units: the original takes the one and answers the other. 0 is no bound.
    private static SettingsRecord SettingsOf(Order order) =>
        order.Rules.Interval is not { } delay
            ? new SettingsRecord { MinOutputAmount = new TextOrNull(order.Terms.MinAmountOut?.ToString()) } : new SettingsRecord
            {
                Delay = delay.Count, DelayMillis = delay.Count * 1_000L,
                PriceRangeFrom = NumberText.Of(order.Slices[^1].RateMin ?? Price.Zero),
                PriceRangeTo = NumberText.Of(order.Slices[^1].RateMax ?? Price.Zero),
            };
}
