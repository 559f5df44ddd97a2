using System.Diagnostics;
using System.Text;
using System.Text.Json;
using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.SwapCoffee;

/// <summary>Makes terms and plan of a body. What is bought goes to the owner's wallet.</summary>
internal static class NewOrderTerms
{
    public const string Dialect = "swapcoffee";

    private const string PathLength = "max_path_length";

    /// <summary>The terms of the whole order.</summary>
    public static OrderTerms Terms(this NewOrderBody body, StacksAddress owner, Guid id, VenueTerms venue) => new()
    {
        Uuid = OrderUuid.Parse(id.ToString("D")),
        Owner = owner,
        Recipient = Principal.From(owner),
        SellToken = body.From,
        BuyToken = body.To,
        AmountIn = body.InputAmount,
        Router = venue.Router,
        ChainId = venue.Network.ChainId,
        Trigger = SliceTrigger.Time, // the quote decides, each time it is asked
        MinAmountOut = body.Settings is StrategySettings.Limit limit ? limit.MinOutput : null,
        SlippageBps = body.Slippage.Value,
    };

    /// <summary>What it is asked for as.</summary>
    public static OrderKind Kind(this NewOrderBody body) => body.Settings is StrategySettings.Limit ? OrderKind.Limit : OrderKind.Dca;

    /// <summary>The parts, when they run, and the tries that they share.</summary>
    public static SchedulePlan Plan(this NewOrderBody body)
    {
        var attempts = AttemptsBudget.Shared(body.Invocations);
        return body.Settings switch
        {
            // A limit's minimum is a promise; the slippage is what the quote must be above it, so that a swap rarely aborts.
            StrategySettings.Limit => new SchedulePlan
            {
                Schedule = new Schedule.Immediate(body.Suborders), Attempts = attempts, Slippage = SlippageFrom.Min,
                OnPartFailed = PartFailure.End,
            },
            // The delay is between two runs, so a part that waited long for its price does not have the next on its heels.
            StrategySettings.Dca dca => new SchedulePlan
            {
                Schedule = new Schedule.FixedInterval(body.Suborders, Interval.Of(dca.DelaySeconds, IntervalUnit.Second),
                    KeepsDistance: true),
                Attempts = attempts, Rate = dca.Rate, Slippage = SlippageFrom.Quote, OnPartFailed = PartFailure.End,
            },
            _ => throw new UnreachableException($"unknown settings {body.Settings}"),
        };
    }

    /// <summary>What is kept beside the order without being read, and how long its routes may be, counted in tokens, as of now.</summary>
    public static string ClientFields(this NewOrderBody body, VenueTerms venue) =>
        Encoding.UTF8.GetString(JsonAnswer.Bytes(new KeptFieldsRecord { ReferralName = body.ReferralName,
            MaxPathLength = venue.HopsMax + 1 }, SwapCoffeeJson.Default.KeptFieldsRecord).Span);

    /// <summary>How long an order's routes could be when it was made; of one that does not say, how long they may be now.</summary>
    public static int PathLengthOf(Order order, VenueTerms venue)
    {
        if (order.ClientFields is not { } fields) return venue.HopsMax + 1;
        using var kept = JsonDocument.Parse(fields);
        return kept.RootElement.TryGetProperty(PathLength, out var length) ? length.GetInt32() : venue.HopsMax + 1;
    }
}
