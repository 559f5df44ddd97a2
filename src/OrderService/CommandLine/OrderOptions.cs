using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.CommandLine;

/// <summary>The terms of an order as options.</summary>
internal sealed class OrderOptions
{
    private static readonly string[] MomentFormats = ["yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'"];

    private readonly Option<ContractId?> _inputToken = ParsedOption.Of<ContractId>("--input-token",
        "The subnet token to sell, as ADDRESS.name.", ContractId.TryParse, "must be a contract id, ADDRESS.name", isRequired: true);
    private readonly Option<TokenId?> _outputToken = ParsedOption.Of<TokenId>("--output-token",
        "The token to buy, as ADDRESS.name or .stx.", TryToken, "must be a contract id or .stx", isRequired: true);
    private readonly Option<TokenAmount?> _amount = ParsedOption.Of<TokenAmount>("--amount", "How much to sell, in base units.",
        TryPositive, "must be a whole number of base units above 0", isRequired: true);
    private readonly Option<Principal?> _recipient = ParsedOption.Of<Principal>("--recipient",
        "Who receives what is bought. Default: the key's own address.", Principal.TryParse, "must be a Stacks address or contract");
    private readonly Option<OrderUuid?> _uuid = ParsedOption.Of<OrderUuid>("--uuid", "The order's uuid. Default: a new one.",
        OrderUuid.TryParse, "must be a uuid, 8-4-4-4-12 hex digits");
    private readonly Option<string?> _conditionToken = new("--condition-token")
    {
        Description = "The token whose price is watched, or '*' for as soon as possible. Without it only execute swaps.",
        CustomParser = ReadCondition,
    };
    private readonly Option<Price?> _targetPrice = ParsedOption.Of<Price>("--target-price",
        "The price at which the order is due, with up to 18 decimals.", Price.TryParse,
        "must be a decimal number of up to 20 and 18 digits");
    private readonly Option<string?> _direction = new("--direction")
    {
        Description = "gt: due at or above the target price; lt: at or below.", CustomParser = ReadDirection,
    };
    private readonly Option<TokenId?> _baseAsset = ParsedOption.Of<TokenId>("--base-asset",
        "What the price is measured in: ADDRESS.name, .stx or USD.", TokenId.TryParse, "must be a contract id, .stx or USD");
    private readonly Option<DateTimeOffset?> _validFrom = ParsedOption.Of<DateTimeOffset>("--valid-from",
        "Not before this moment, as 2030-01-31T12:00:00Z.", TryMoment, "must be a moment in UTC such as 2030-01-31T12:00:00Z");
    private readonly Option<DateTimeOffset?> _validTo = ParsedOption.Of<DateTimeOffset>("--valid-to", "Not after this moment.", TryMoment,
        "must be a moment in UTC such as 2030-01-31T12:00:00Z");
    private readonly Option<TokenAmount?> _minAmountOut = ParsedOption.Of<TokenAmount>("--min-amount-out",
        "The least to receive, in base units.", TokenAmount.TryParse, "must be a whole number of base units");
    private readonly Option<int?> _slippageBps =
        ParsedOption.Of<int>("--slippage-bps", "How far below its quote the swap may pay, in 1/10000.", TryBps, "must be 0 to 10000");
    private readonly Option<Price?> _limitPrice = ParsedOption.Of<Price>("--limit-price",
        "The least rate: whole output tokens for one whole input token, with up to 18 decimals.", TryPositive,
        "must be a decimal number above 0 of up to 20 and 18 digits");
    private readonly Option<string?> _timeInForce = new("--time-in-force")
    {
        Description = "gtc: until it is cancelled; gtt: until --valid-to; ioc: one try when it is due. Default: gtt beside --valid-to, else gtc.", CustomParser = ReadTimeInForce,
    };
    private readonly Option<int?> _trailingBps = ParsedOption.Of<int>("--trailing-bps",
        "In place of --target-price: how far the price must come back from the best since the order was armed, in 1/10000 of that.",
        TryTrail, "must be 1 to 9999");
    private readonly Option<Price?> _trailingAmount = ParsedOption.Of<Price>("--trailing-amount", "The same as a distance of the price.",
        TryPositive, "must be a decimal number above 0 of up to 20 and 18 digits");
    private readonly Option<int?> _maxDeviationBps = ParsedOption.Of<int>("--max-deviation-bps",
        "How far below the believed prices a quote may be, in 1/10000.", TryBps, "must be 0 to 10000");

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _inputToken, _outputToken, _amount, _recipient, _uuid, _conditionToken, _targetPrice, _direction, _baseAsset, _validFrom,
            _validTo,
            _minAmountOut, _slippageBps, _maxDeviationBps, _limitPrice, _timeInForce, _trailingBps, _trailingAmount,
        ];
        foreach (var option in all) command.Add(option);
    }

    /// <summary>The order of an owner on a venue. <c>*</c> alone is enough; a watched token needs its price and direction.</summary>
    public SignedOrder Read(ParseResult parsed, StacksAddress owner, SignedVenue venue)
    {
        var (condition, price, direction) = (parsed.GetValue(_conditionToken), parsed.GetValue(_targetPrice), parsed.GetValue(_direction));
        if (condition == "*") (price, direction) = (price ?? new Price(0), direction ?? "gt");
        var trails = parsed.GetValue(_trailingBps) is not null || parsed.GetValue(_trailingAmount) is not null;
        if ((condition is null) != (price is null && !trails) || (condition is null) != (direction is null))
            throw new CommandLineFault("--condition-token, --target-price and --direction go together.");
        return new SignedOrder
        {
            Uuid = parsed.GetValue(_uuid) ?? OrderUuid.New(),
            Owner = owner,
            InputToken = parsed.GetValue(_inputToken)!.Value,
            OutputToken = parsed.GetValue(_outputToken)!.Value,
            AmountIn = parsed.GetValue(_amount)!.Value,
            Recipient = parsed.GetValue(_recipient) ?? Principal.From(owner),
            Venue = venue,
            ConditionToken = condition,
            TargetPrice = price,
            Direction = direction,
            BaseAsset = parsed.GetValue(_baseAsset),
            ValidFrom = parsed.GetValue(_validFrom),
            ValidTo = parsed.GetValue(_validTo),
            MinAmountOut = parsed.GetValue(_minAmountOut),
            SlippageBps = parsed.GetValue(_slippageBps),
            MaxDeviationBps = parsed.GetValue(_maxDeviationBps),
            LimitPrice = parsed.GetValue(_limitPrice),
            TimeInForce = parsed.GetValue(_timeInForce),
            TrailingBps = parsed.GetValue(_trailingBps),
            TrailingAmount = parsed.GetValue(_trailingAmount),
        };
    }

    private static string? ReadCondition(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text == "*") return text;
        if (TryToken(text, out var token)) return token.ToString();
        result.AddError("--condition-token must be a contract id, .stx or '*' in quotes.");
        return null;
    }

    private static string? ReadDirection(ArgumentResult result)
    {
        if (result.Tokens[0].Value is "gt" or "lt") return result.Tokens[0].Value;
        result.AddError("--direction must be gt or lt.");
        return null;
    }

    private static string? ReadTimeInForce(ArgumentResult result)
    {
        if (result.Tokens[0].Value is "gtc" or "gtt" or "ioc") return result.Tokens[0].Value;
        result.AddError("--time-in-force must be gtc, gtt or ioc.");
        return null;
    }

    private static bool TryPositive(string? text, out Price price) => Price.TryParse(text, out price) && price > Price.Zero;

    private static bool TryToken(string? text, out TokenId token) => TokenId.TryParse(text, out token) && token != TokenId.Usd;

    private static bool TryPositive(string? text, out TokenAmount amount) =>
        TokenAmount.TryParse(text, out amount) && amount > TokenAmount.Zero;

    private static bool TryBps(string? text, out int bps) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bps) && bps <= BasisPoints.Max;

    private static bool TryTrail(string? text, out int bps) => TryBps(text, out bps) && bps is > 0 and < BasisPoints.Max;

    private static bool TryMoment(string? text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParseExact(text, MomentFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment);
}
