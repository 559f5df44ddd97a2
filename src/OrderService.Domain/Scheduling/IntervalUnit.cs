namespace OrderService.Domain.Scheduling;

/// <summary>
/// What an interval counts. All but the month are fixed lengths; everything is in UTC, so no clock change touches any of them.
/// </summary>
public enum IntervalUnit
{
    /// <summary>1 second.</summary>
    Second,

    /// <summary>60 seconds.</summary>
    Minute,

    /// <summary>60 minutes.</summary>
    Hour,

    /// <summary>24 hours.</summary>
    Day,

    /// <summary>7 days.</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,
}
