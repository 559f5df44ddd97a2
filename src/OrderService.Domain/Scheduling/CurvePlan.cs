using OrderService.Domain.Amounts;

namespace OrderService.Domain.Scheduling;

/// <summary>
/// An order along a curve: how much, how long, how near to the curve. All moments are milliseconds of active time, which is the time since
/// activation without the pauses. The amounts count the target token: what is sold where the order sells an exact amount, what is bought
/// where it buys one.
/// </summary>
public sealed record CurvePlan
{
    /// <summary>The longest: 30 days.</summary>
    public static readonly TimeSpan DurationMax = TimeSpan.FromDays(30);

    /// <summary>Slices of one layout.</summary>
    public const int SlicesMax = 1_000;

    /// <summary>The least time between the starts of two slices.</summary>
    public const long Apart = 5_000;

    /// <summary>A layout has a slice at least this often.</summary>
    public const long Usual = 30_000;

    /// <summary>Q: what is to be swapped in all.</summary>
    public required TokenAmount Target { get; init; }

    /// <summary>S: how much of it by when.</summary>
    public required Curve Curve { get; init; }

    /// <summary>D, from 1 second on.</summary>
    public required long Duration { get; init; }

    /// <summary>δ: how far from the curve the order may be, as a part of Q.</summary>
    public required Share Discretion { get; init; }

    /// <summary>p: how much of its time a slice waits for a favourable price.</summary>
    public Share Patience { get; init; }

    /// <summary>The least number of slices.</summary>
    public int SlicesMin { get; init; } = 1;

    /// <summary>True where the order goes on after its duration until it is filled, its slices <see cref="Usual"/> apart.</summary>
    public bool GoesOn { get; init; }

    /// <summary>The last moment that is planned for: D less 30 seconds or a tenth of it.</summary>
    public long LastMoment => Duration - Math.Min(30_000, Duration / 10);

    /// <summary>How much should be done by a moment, rounded down.</summary>
    public TokenAmount TargetAt(long moment) => Of((UInt128)Curve.At(moment, Duration));

    /// <summary>⌊Q·δ⌋.</summary>
    public TokenAmount Band => Of((UInt128)Discretion.Count);

    /// <summary>The first moment at which at least so much should be done; D where that is all.</summary>
    public long FirstWith(UInt128 amount)
    {
        // ⌊Q·share/10^9⌋ ≥ amount exactly where share ≥ ⌈amount·10^9/Q⌉, so the search itself has no wide numbers.
        var share = Wide.MulDivCeiling(amount, Share.Whole, Target.Units) ?? UInt128.MaxValue;
        var (low, high) = (0L, Duration);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if ((UInt128)Curve.At(middle, Duration) >= share) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private TokenAmount Of(UInt128 share) => Target.MulDivFloor(share, Share.Whole)!.Value; // at most Q
}
