using OrderService.Domain.Amounts;

namespace OrderService.Domain.Scheduling;

/// <summary>
/// An order whose slices run one after the other, each as soon as the one before it has ended: no curve, no moments. One slice is such an
/// order too.
/// </summary>
public sealed record TurnPlan
{
    private TurnPlan(TokenAmount target, IReadOnlyList<TokenAmount> ends) => (Target, Ends) = (target, ends);

    /// <summary>What is to be swapped in all.</summary>
    public TokenAmount Target { get; }

    /// <summary>What is done after each slice; the last is all.</summary>
    public IReadOnlyList<TokenAmount> Ends { get; }

    /// <summary>The whole in one.</summary>
    public static TurnPlan Whole(TokenAmount target) => new(target, [target]);

    /// <summary>Slices of a size, the last one of what is left. Refused where they are too many.</summary>
    public static Result<TurnPlan> OfSize(TokenAmount target, TokenAmount size)
    {
        if (size == TokenAmount.Zero || (target.Units - 1) / size.Units >= CurvePlan.SlicesMax)
            return new OrderError.Unprocessable("too_many_slices", "Slices as small as asked for would be too many");
        var count = (int)((target.Units - 1) / size.Units) + 1;
        return new TurnPlan(target,
            [.. Enumerable.Range(1, count).Select(i => i == count ? target : new TokenAmount(size.Units * (UInt128)i))]);
    }

    /// <summary>
    /// Slices of target/count, each up to 5 % more or less, the last one of what is left. The same seed gives the same slices, whoever
    /// asks. Refused where a slice would be nothing.
    /// </summary>
    public static Result<TurnPlan> Uneven(TokenAmount target, int count, Guid seed)
    {
        var each = target.Units / (UInt128)count;
        if (each == 0) return new OrderError.Field("amountIn", "is too small for so many parts: a part would be nothing", "part_too_small");
        var ends = new TokenAmount[count];
        var (state, done) = (SeedOf(seed), (UInt128)0);
        for (var i = 0; i < count - 1; i++)
        {
            // 950,000 to 1,050,000 millionths; all but the last together are at most 1.05·(n−1)/n of the whole, which is held below it.
            var millionths = 950_000 + (uint)(Next(ref state) % 100_001);
            done += UInt128.Max(1, Wide.MulDivFloor(each, millionths, 1_000_000)!.Value);
            ends[i] = new TokenAmount(UInt128.Min(done, target.Units - (UInt128)(count - 1 - i)));
        }
        ends[^1] = target;
        return new TurnPlan(target, ends);
    }

    /// <summary>
    /// The size of the next slice with so much done; null where nothing is left. What a slice left or took too much of is the next one's to
    /// make good.
    /// </summary>
    public TokenAmount? Next(TokenAmount done)
    {
        if (done >= Target) return null;
        for (var i = 0; i < Ends.Count - 1; i++)
        {
            var size = Ends[i].Units - (i == 0 ? 0 : Ends[i - 1].Units);
            if (Ends[i] > done && Ends[i].Units - done.Units > size / 2) return Ends[i] - done;
        }
        return Target - done;
    }

    // SplitMix64: small, well mixed, the same on every machine.
    private static ulong Next(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    private static ulong SeedOf(Guid seed)
    {
        Span<byte> bytes = stackalloc byte[16];
        seed.TryWriteBytes(bytes);
        return BitConverter.ToUInt64(bytes) ^ BitConverter.ToUInt64(bytes[8..]);
    }
}
