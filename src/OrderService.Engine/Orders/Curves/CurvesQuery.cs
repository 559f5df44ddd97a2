using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Orders.Curves;

/// <summary>Which orders that are planned slice by slice are asked for. What is null does not matter.</summary>
internal sealed record CurvesQuery(string Dialect)
{
    /// <summary>Null for everybody's: only where the caller may see them.</summary>
    public StacksAddress? Owner { get; init; }

    public IReadOnlyCollection<Guid>? Ids { get; init; }

    public IReadOnlyCollection<CurveStanding>? Standings { get; init; }

    /// <summary>Also those that ended without a swap for a reason, beside <see cref="Standings"/>.</summary>
    public bool WithFailed { get; init; }

    /// <summary>True leaves out what a person paused; what the service paused resumes by itself.</summary>
    public bool WithoutPausedByPerson { get; init; }

    public IReadOnlyCollection<string>? CustomIds { get; init; }

    /// <summary>Those that have one of these labels.</summary>
    public IReadOnlyCollection<string>? Labels { get; init; }

    /// <summary>Created after, exclusive.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Created before, exclusive.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Newest first, else oldest first.</summary>
    public bool IsNewestFirst { get; init; } = true;

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public int Limit { get; init; } = 100;
}

/// <summary>An order as it reads at one moment, with its plan, its slices and its attempts, oldest first.</summary>
internal sealed record CurveView(Order Order, IReadOnlyList<SwapAttempt> Attempts, DateTimeOffset ReadAt)
{
    public OrderCurve Curve => Order.Curve!;

    public CurveStanding Standing => CurveCourse.StandingOf(Order, ReadAt);
}

/// <summary>One page, and how many orders there are on all pages.</summary>
internal sealed record CurvesPage(IReadOnlyList<CurveView> Orders, int Total);
