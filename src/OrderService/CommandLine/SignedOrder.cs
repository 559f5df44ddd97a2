using System.Text.Json.Nodes;
using OrderService.Client;
using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Messages;

namespace OrderService.CommandLine;

/// <summary>An order on its way out: what is signed, and what is sent.</summary>
internal sealed record SignedOrder
{
    public required OrderUuid Uuid { get; init; }

    public required StacksAddress Owner { get; init; }

    public required ContractId InputToken { get; init; }

    public required TokenId OutputToken { get; init; }

    public required TokenAmount AmountIn { get; init; }

    public required Principal Recipient { get; init; }

    public required SignedVenue Venue { get; init; }

    public required string? ConditionToken { get; init; }

    public required Price? TargetPrice { get; init; }

    public required string? Direction { get; init; }

    public required TokenId? BaseAsset { get; init; }

    public required DateTimeOffset? ValidFrom { get; init; }

    public required DateTimeOffset? ValidTo { get; init; }

    public required TokenAmount? MinAmountOut { get; init; }

    public required int? SlippageBps { get; init; }

    public required int? MaxDeviationBps { get; init; }

    public required Price? LimitPrice { get; init; }

    public required string? TimeInForce { get; init; }

    public required int? TrailingBps { get; init; }

    public required Price? TrailingAmount { get; init; }

    /// <summary>What moves the funds: the router may draw the amount once.</summary>
    public TransferIntent Intent() => new(InputToken, AmountIn.Units, Principal.From(Venue.Router), Uuid.ToString(), Venue.Network.ChainId);

    /// <summary>What the intent leaves open.</summary>
    public OrderTermsMessage Terms() => new()
    {
        Version = TermsSignatures.Version,
        Uuid = Uuid.ToString(),
        Owner = Owner.ToString(),
        InputToken = InputToken.ToString(),
        OutputToken = OutputToken.ToString(),
        Recipient = Recipient.ToString(),
        Router = Venue.Router.ToString(),
        ConditionToken = ConditionToken ?? "",
        BaseAsset = BaseAsset?.ToString() ?? "",
        Direction = Direction ?? "",
        AmountIn = AmountIn.Units,
        MinAmountOut = MinAmountOut?.Units,
        SlippageBps = (uint?)SlippageBps,
        TargetPrice = TargetPrice?.Count,
        ValidFrom = (ulong?)ValidFrom?.ToUnixTimeMilliseconds(),
        ValidTo = (ulong?)ValidTo?.ToUnixTimeMilliseconds(),
        MaxDeviationBps = (uint?)MaxDeviationBps,
        LimitPrice = LimitPrice?.Count,
        TrailingBps = (uint?)TrailingBps,
        TrailingAmount = TrailingAmount?.Count,
        TimeInForce = TimeInForce ?? (ValidTo is null ? "gtc" : "gtt"),
        ChainId = Venue.Network.ChainId,
    };

    /// <summary>The body of <c>POST orders/new</c>; what is absent is left out, since null is refused.</summary>
    public string ToJson(string signature, string? termsSignature)
    {
        var body = new JsonObject
        {
            ["uuid"] = Uuid.ToString(),
            ["owner"] = Owner.ToString(),
            ["inputToken"] = InputToken.ToString(),
            ["outputToken"] = OutputToken.ToString(),
            ["amountIn"] = AmountIn.ToString(),
            ["recipient"] = Recipient.ToString(),
        };
        Add(body, "conditionToken", ConditionToken);
        Add(body, "targetPrice", TargetPrice?.ToString());
        Add(body, "direction", Direction);
        Add(body, "baseAsset", BaseAsset?.ToString());
        Add(body, "validFrom", Text(ValidFrom));
        Add(body, "validTo", Text(ValidTo));
        Add(body, "minAmountOut", MinAmountOut?.ToString());
        if (SlippageBps is { } bps) body["slippageBps"] = bps;
        if (MaxDeviationBps is { } band) body["maxDeviationBps"] = band;
        Add(body, "limitPrice", LimitPrice?.ToString());
        Add(body, "timeInForce", TimeInForce);
        if (TrailingBps is { } trail) body["trailingBps"] = trail;
        Add(body, "trailingAmount", TrailingAmount?.ToString());
        body["signature"] = signature;
        Add(body, "termsSignature", termsSignature);
        return body.ToJsonString(WalletText.Json);
    }

    private static void Add(JsonObject body, string name, string? value)
    {
        if (value is not null) body[name] = value;
    }

    private static string? Text(DateTimeOffset? moment) => moment is { } at ? MomentText.Of(at) : null;
}
