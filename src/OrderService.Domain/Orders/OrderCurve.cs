using System.Diagnostics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Orders;

/// <summary>Who paused an order: a person, or the service because the price was outside its limit.</summary>
public enum PausedBy
{
    /// <summary>Somebody asked for it.</summary>
    Person,

    /// <summary>The price was outside the limit.</summary>
    System,
}

/// <summary>
/// What an order that is planned slice by slice keeps of its plan: what was asked for, its active time, how the rest is divided, and what
/// of its funds is not planned. Its slices have rows of their own, of which at most one is open. Changed only through
/// <see cref="CurveCourse"/>.
/// </summary>
public sealed class OrderCurve
{
    private OrderCurve() => Asked = null!;

    internal OrderCurve(Guid orderId, CurveTerms asked, TokenAmount funds, int attemptsMax) =>
        (OrderId, Asked, Funds, AttemptsMax, Revision) = (orderId, asked, funds, attemptsMax, 1);

    /// <summary>The order.</summary>
    public Guid OrderId { get; private set; }

    /// <summary>What was asked for, as of the last amend.</summary>
    public CurveTerms Asked { get; private set; }

    /// <summary>1, and one more with each amend.</summary>
    public int Revision { get; private set; }

    /// <summary>When it began; null while its start or its condition holds it back.</summary>
    public DateTimeOffset? ActivatedAt { get; private set; }

    /// <summary>The latest pause.</summary>
    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>The latest resume.</summary>
    public DateTimeOffset? ResumedAt { get; private set; }

    /// <summary>The latest change of what was asked for.</summary>
    public DateTimeOffset? AmendedAt { get; private set; }

    /// <summary>Milliseconds of all pauses that are over.</summary>
    public long PausedFor { get; private set; }

    /// <summary>Whose pause it is in.</summary>
    public PausedBy? PausedBy { get; private set; }

    /// <summary>What must hold before a person's pause ends by itself, in RPN.</summary>
    public string? ResumeWhen { get; private set; }

    /// <summary>What <c>?=</c> kept of the looks at its condition: a JSON object, or null.</summary>
    public string? Kept { get; private set; }

    /// <summary>True where its condition reads something that was not known at the last look.</summary>
    public bool IsBlind { get; private set; }

    /// <summary>The knots of its forecast.</summary>
    public int[]? Knots { get; private set; }

    /// <summary>What was done when the rest was divided.</summary>
    public TokenAmount LayoutDone { get; private set; }

    /// <summary>Into how many slices.</summary>
    public int LayoutCount { get; private set; } = 1;

    /// <summary>The largest slice in the target token, as of the last layout.</summary>
    public TokenAmount? SizeMax { get; private set; }

    /// <summary>Names that the client gave it, to find it by.</summary>
    public string[] Labels { get; private set; } = [];

    /// <summary>Swap attempts allowed of each slice.</summary>
    public int AttemptsMax { get; private set; }

    /// <summary>Base units of the sold token that were set aside in all.</summary>
    public TokenAmount Funds { get; private set; }

    /// <summary>What of them was given back.</summary>
    public TokenAmount Released { get; private set; }

    /// <summary>The believed price of the pair when it began.</summary>
    public Price? ArrivalPrice { get; private set; }

    /// <summary>The believed price of the pair when it ended.</summary>
    public Price? DeparturePrice { get; private set; }

    /// <summary>The volume-weighted price of the market while it ran.</summary>
    public Price? Vwap { get; private set; }

    /// <summary>The market's volume while it ran, base units of the base token.</summary>
    public TokenAmount? IntervalVolume { get; private set; }

    /// <summary>The next moment at which something is to be decided that no slice waits for.</summary>
    public DateTimeOffset? WakeAt { get; private set; }

    /// <summary>True while something is looked at with each price.</summary>
    public bool IsWatching { get; private set; }

    /// <summary>Its active time.</summary>
    public ActiveTime Time =>
        new(ActivatedAt ?? throw new UnreachableException($"order {OrderId} has not begun"), TimeSpan.FromMilliseconds(PausedFor),
            PausedBy is null ? null : PausedAt);

    /// <summary>The curve that it follows.</summary>
    public Curve Curve => Asked.Shape != CurveShape.Vwap ? Curve.Of(Asked.Shape, Asked.Tilt)
        : Knots is { } knots && Curve.TryOfKnots(knots, Asked.Tilt, out var own) ? own
        : Curve.Of(CurveShape.Twap, Asked.Tilt); // no forecast: an even rate

    internal CurveLayout Divided => new(LayoutDone, LayoutCount);

    internal void Label(IReadOnlyList<string> labels) => Labels = [.. labels];

    internal void Wait(DateTimeOffset? wakeAt, bool isWatching) => (WakeAt, IsWatching) = (wakeAt, isWatching);

    internal void Activate(DateTimeOffset now, CurveSight sight) =>
        (ActivatedAt, ArrivalPrice, Knots, WakeAt, IsWatching) = (now, sight.Pair?.Floor, sight.Forecast is { } knots ? [.. knots] : null,
            null, false);

    internal void LayOut(CurveLayout layout, TokenAmount? sizeMax) =>
        (LayoutDone, LayoutCount, SizeMax) = (layout.Done, layout.Count, sizeMax);

    internal void Pause(PausedBy by, string? resumeWhen, DateTimeOffset? wakeAt, DateTimeOffset now)
    {
        (PausedBy, PausedAt, ResumeWhen) = (by, now, resumeWhen);
        Wait(wakeAt, by == Orders.PausedBy.System || resumeWhen is not null);
    }

    internal void Resume(DateTimeOffset now)
    {
        var time = Time.Resume(now);
        (PausedFor, PausedBy, ResumeWhen, ResumedAt) = ((long)time.Paused.TotalMilliseconds, null, null, now);
        Wait(null, false);
    }

    internal void Keep(string? kept, bool isBlind) => (Kept, IsBlind) = (kept, isBlind);

    internal void Release(TokenAmount amount) => Released += amount;

    internal void Amend(CurveTerms asked, TokenAmount funds, DateTimeOffset now) =>
        (Asked, Funds, Revision, AmendedAt) = (asked, funds, Revision + 1, now);
}

/// <summary>
/// What is known of the market at one look: the believed price of the pair (quote per base), the largest slice in the target token by that
/// price, and the knots of the forecast volume over the order's duration. Null where it is not known, or not asked for.
/// </summary>
public sealed record CurveSight(PriceRatio? Pair = null, TokenAmount? SizeMax = null, IReadOnlyList<int>? Forecast = null);
