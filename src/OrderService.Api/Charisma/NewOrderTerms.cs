using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>
/// Makes the order of a body that <see cref="NewOrderRules"/> let pass. What the wire leaves out, the router and the chain, is the venue's.
/// </summary>
internal static class NewOrderTerms
{
    public const string Dialect = "charisma";

    /// <summary>The order, or a refusal where its recipient is on another network: what is paid to him there is lost.</summary>
    public static Result<NewOrder> ToOrder(this NewOrderRecord body, VenueTerms venue) =>
        body.RecipientRefusal(venue) is { } elsewhere ? elsewhere : body.AsOrder(venue);

    /// <summary>Why its recipient cannot be paid here, or null.</summary>
    public static OrderError? RecipientRefusal(this NewOrderRecord body, VenueTerms venue)
    {
        var recipient = body.Recipient.Value.Address;
        return recipient.BelongsTo(venue.Network) ? null
            : new OrderError.Field("recipient",
                $"is not an address of this service's network, {venue.Network}, where it is written {recipient.On(venue.Network)}",
                "wrong_network");
    }

    /// <summary>The order, wherever its recipient is.</summary>
    public static NewOrder AsOrder(this NewOrderRecord body, VenueTerms venue) =>
        NewOrder.Signed(TermsOf(body, venue), body.Signature.Value, Optional(body.TermsSignature), Dialect, body.ClientFields) with
        {
            StrategyId = body.StrategyId,
        };

    private static OrderTerms TermsOf(NewOrderRecord body, VenueTerms venue) => new()
    {
        Uuid = body.Uuid.Value,
        Owner = body.Owner.Value,
        Recipient = body.Recipient.Value,
        SellToken = body.InputToken.Value,
        BuyToken = body.OutputToken.Value,
        AmountIn = body.AmountIn.Value,
        Router = venue.Router,
        ChainId = venue.Network.ChainId,
        Trigger = !body.ConditionToken.IsRead
            ? SliceTrigger.Manual : body.ConditionToken.Value.IsAny ? SliceTrigger.Time : SliceTrigger.Price,
        ConditionToken = body.ConditionToken.Value.Token,
        BaseAsset = Optional(body.BaseAsset),
        Direction = Optional(body.Direction),
        TargetPrice = Optional(body.TargetPrice),
        ValidFrom = Optional(body.ValidFrom),
        ValidTo = Optional(body.ValidTo),
        MinAmountOut = Optional(body.MinAmountOut),
        SlippageBps = body.SlippageBps.IsRead ? body.SlippageBps.Value.Value : body.Slippage.IsRead ? body.Slippage.Value.Value : null,
        MaxDeviationBps = body.MaxDeviationBps.IsRead ? body.MaxDeviationBps.Value.Value : null,
        LimitPrice = Optional(body.LimitPrice),
        TrailingBps = body.TrailingBps.IsRead ? body.TrailingBps.Value.Value : null,
        TrailingAmount = Optional(body.TrailingAmount),
        IsImmediate = body.TimeInForce is { IsRead: true, Value: TimeInForce.Ioc },
        AcceptsUnprotectedOutput = body.AcceptUnprotectedOutput is { IsRead: true, Value: true },
    };

    private static T? Optional<T>(Given<T> given) where T : struct => given.IsRead ? given.Value : null;
}
