using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Orders;

/// <summary>What an order keeps of its plan beside its slices; only an amend changes it.</summary>
public sealed record ScheduleRules
{
    /// <summary>Those of an order that is not scheduled.</summary>
    public static ScheduleRules None { get; } = new();

    /// <summary>How many parts; null of an order that is not scheduled.</summary>
    public int? Parts { get; init; }

    /// <summary>The count of the parts' interval; null without one.</summary>
    public int? IntervalCount { get; init; }

    /// <summary>The unit of the parts' interval.</summary>
    public IntervalUnit? IntervalUnit { get; init; }

    /// <summary>True where each part is held back until an interval after the run before it.</summary>
    public bool KeepsDistance { get; init; }

    /// <summary>Swap attempts that the slices may make together; null for no such limit.</summary>
    public int? AttemptsMax { get; init; }

    /// <summary>What becomes of the rest when a part fails.</summary>
    public PartFailure OnPartFailed { get; init; }

    /// <summary>How the terms' slippage is meant.</summary>
    public SlippageFrom Slippage { get; init; }

    /// <summary>The time between the parts, where they have a rhythm.</summary>
    public Interval? Interval => IntervalCount is { } count ? OrderService.Domain.Scheduling.Interval.Of(count, IntervalUnit!.Value) : null;

    /// <summary>Those of a plan.</summary>
    public static ScheduleRules Of(SchedulePlan plan)
    {
        var rhythm = plan.Schedule as Schedule.FixedInterval;
        return new ScheduleRules
        {
            Parts = plan.Schedule.Parts, IntervalCount = rhythm?.Interval.Count, IntervalUnit = rhythm?.Interval.Unit,
            KeepsDistance = rhythm is { KeepsDistance: true },
            AttemptsMax = plan.Attempts.PerOrder, OnPartFailed = plan.OnPartFailed, Slippage = plan.Slippage,
        };
    }
}
