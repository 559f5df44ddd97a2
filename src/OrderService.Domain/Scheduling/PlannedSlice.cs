using OrderService.Domain.Amounts;

namespace OrderService.Domain.Scheduling;

/// <summary>
/// The next slice of a plan, its moments in milliseconds of active time. By the band alone it could run from <paramref name="Opens"/> on,
/// should run at <paramref name="Scheduled"/> and has to by <paramref name="Due"/>; by its patience it runs from
/// <paramref name="RunsFrom"/> on at a favourable price, and from <paramref name="AnyPriceFrom"/> on at any.
/// </summary>
public sealed record PlannedSlice(TokenAmount Size, long Opens, long Scheduled, long Due, long RunsFrom, long AnyPriceFrom)
{
    /// <summary>True where the order is so far behind its curve that this one makes up for it.</summary>
    public bool CatchesUp { get; init; }

    /// <summary>True where nothing is left after it.</summary>
    public bool IsLast { get; init; }
}
