using System.Globalization;

namespace OrderService.Client;

/// <summary>
/// What an order asks for, as the native API has it. Its uuid makes placing it repeatable: give one where the program may be started again
/// between its decision and the answer.
/// </summary>
public sealed record NewOrder
{
    /// <summary>The order's uuid.</summary>
    public string Uuid { get; init; } = Guid.NewGuid().ToString();

    /// <summary>What is sold: a subnet token's contract.</summary>
    public required string InputToken { get; init; }

    /// <summary>What is bought.</summary>
    public required string OutputToken { get; init; }

    /// <summary>How much is sold, base units.</summary>
    public required UInt128 AmountIn { get; init; }

    /// <summary>Who is paid; the signer where it is null.</summary>
    public string? Recipient { get; init; }

    /// <summary>The token whose price is watched, or <c>*</c> for at once; null for an order by call.</summary>
    public string? ConditionToken { get; init; }

    /// <summary>What the price is measured in; USD where it is null.</summary>
    public string? BaseAsset { get; init; }

    /// <summary><c>gt</c>: due at or above the target; <c>lt</c>: at or below it.</summary>
    public string? Direction { get; init; }

    /// <summary>The target, a decimal number.</summary>
    public string? TargetPrice { get; init; }

    /// <summary>The least that is paid, base units.</summary>
    public UInt128? MinAmountOut { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Not after.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    // What is absent is left out: null is refused.
    internal Dictionary<string, object?> Body(string? owner, string? signature) => new Dictionary<string, object?>
    {
        ["uuid"] = Uuid, ["owner"] = owner, ["inputToken"] = InputToken, ["outputToken"] = OutputToken,
        ["amountIn"] = AmountIn.ToString(CultureInfo.InvariantCulture), ["recipient"] = Recipient ?? owner,
        ["conditionToken"] = ConditionToken, ["baseAsset"] = BaseAsset,
        ["direction"] = ConditionToken == "*" ? Direction ?? "gt" : Direction,
        ["targetPrice"] = ConditionToken == "*" ? TargetPrice ?? "0" : TargetPrice,
        ["minAmountOut"] = MinAmountOut?.ToString(CultureInfo.InvariantCulture), ["validFrom"] = ClientJson.Moment(ValidFrom),
        ["validTo"] = ClientJson.Moment(ValidTo), ["signature"] = signature,
    }.Where(member => member.Value is not null).ToDictionary();
}
