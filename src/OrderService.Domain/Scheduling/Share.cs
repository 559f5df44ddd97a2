using System.Diagnostics.CodeAnalysis;

namespace OrderService.Domain.Scheduling;

/// <summary>A part of a whole as a count of 10^-9, 0 to 1.</summary>
public readonly record struct Share
{
    private Share(int count) => Count = count;

    /// <summary>10^9, the count of the whole.</summary>
    public const int Whole = 1_000_000_000;

    /// <summary>Nothing.</summary>
    public static Share None => default;

    /// <summary>The count, 0 to 10^9.</summary>
    public int Count { get; }

    /// <summary>Accepts 0 to 10^9.</summary>
    public static bool TryCreate(long count, out Share share)
    {
        share = count is >= 0 and <= Whole ? new Share((int)count) : default;
        return count is >= 0 and <= Whole;
    }

    /// <summary>A share known to be in range; throws outside 0 to 10^9.</summary>
    public static Share Of(long count) =>
        TryCreate(count, out var share) ? share : throw new ArgumentOutOfRangeException(nameof(count), count, "0 to 10^9");

    /// <summary>⌊length·share⌋ of a length in milliseconds.</summary>
    public long OfLength(long length) => (long)((Int128)length * Count / Whole);
}
