using OrderService.Domain.Amounts;
using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Orders;

/// <summary>
/// Which side of its pair an order is on: a buy sells the quote token, a sell the base token. The price of a pair is quote per one base.
/// </summary>
public enum TradeSide
{
    /// <summary>Buys the base token.</summary>
    Buy,

    /// <summary>Sells the base token.</summary>
    Sell,
}

/// <summary>How the slices of an order that is planned slice by slice follow each other.</summary>
public enum CurvePace
{
    /// <summary>Along a curve over a duration.</summary>
    Curve,

    /// <summary>One after the other, the whole at once or in clips.</summary>
    Turns,

    /// <summary>One after the other, in slices of uneven sizes.</summary>
    Uneven,

    /// <summary>One try; what it does not swap ends.</summary>
    Once,
}

/// <summary>
/// What a client asked for of an order that is planned slice by slice: how much, how, when it begins, and at which price. Amounts count the
/// target token in base units: what is sold where an exact amount is sold, what is bought where it is an exact amount that is bought.
/// </summary>
public sealed record CurveTerms
{
    /// <summary>Which of the two tokens is the base.</summary>
    public required TradeSide Side { get; init; }

    /// <summary>True where the target is what is bought; then the terms' amount in is the most that is sold for it.</summary>
    public bool IsExactOut { get; init; }

    /// <summary>Q.</summary>
    public required TokenAmount Target { get; init; }

    /// <summary>How the slices follow each other.</summary>
    public required CurvePace Pace { get; init; }

    /// <summary>The curve, where that is the pace.</summary>
    public CurveShape Shape { get; init; }

    /// <summary>The curve's tilt, in parts per 10^9.</summary>
    public int Tilt { get; init; }

    /// <summary>D, milliseconds of active time: a hard stop.</summary>
    public required long Duration { get; init; }

    /// <summary>δ.</summary>
    public Share Discretion { get; init; }

    /// <summary>p: how long a slice waits for a favourable price.</summary>
    public Share Patience { get; init; }

    /// <summary>The least number of slices; of uneven ones, their number.</summary>
    public int SlicesMin { get; init; } = 1;

    /// <summary>The largest slice, in base units of the quote token.</summary>
    public TokenAmount? ClipMax { get; init; }

    /// <summary>True where it goes on after its duration until it is filled.</summary>
    public bool GoesOn { get; init; }

    /// <summary>The part of the market's volume that it aims to be; kept to be shown, the duration was made from it.</summary>
    public Share? VolumeTarget { get; init; }

    /// <summary>The most that a slice may be of the volume since the one before.</summary>
    public Share? VolumeMax { get; init; }

    /// <summary>When it begins, where it does not at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>What must hold once before it begins, in RPN; it is looked at from the start on.</summary>
    public string? Condition { get; init; }

    /// <summary>Until when that may take.</summary>
    public DateTimeOffset? ConditionExpiry { get; init; }

    /// <summary>The worst price of a slice, all-in, as a number.</summary>
    public Price? LimitPrice { get; init; }

    /// <summary>The same as an expression in RPN, evaluated at each look. At most one of the two is set.</summary>
    public string? LimitExpression { get; init; }

    /// <summary>True where it trades at worse prices than the limit only.</summary>
    public bool IsReverseLimit { get; init; }

    /// <summary>True where a price outside the limit pauses the order instead of letting its schedule go on.</summary>
    public bool PausesOutside { get; init; }

    /// <summary>The client's own id; not unique.</summary>
    public string? CustomId { get; init; }

    /// <summary>True where it has a limit of either form.</summary>
    public bool HasLimit => LimitPrice is not null || LimitExpression is not null;

    /// <summary>The plan along a curve.</summary>
    public CurvePlan PlanOf(Curve curve) => new()
    {
        Target = Target, Curve = curve, Duration = Duration, Discretion = Discretion, Patience = Patience, SlicesMin = SlicesMin,
        GoesOn = GoesOn,
    };
}
