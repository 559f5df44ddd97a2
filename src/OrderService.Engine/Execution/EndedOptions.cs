using System.ComponentModel.DataAnnotations;

namespace OrderService.Engine.Execution;

/// <summary>Section <c>Ended</c>: what becomes of orders that have ended for good.</summary>
internal sealed class EndedOptions
{
    public const string Section = "Ended";

    /// <summary>How long after its end an order leaves the tables that the engine works on; all about it reads as before.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan MoveAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Orders that one transaction moves.</summary>
    [Range(1, 5_000)]
    public int BatchMax { get; set; } = 200;

    /// <summary>Pause between two looks for orders to move; while there are more there is none.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whole months for which ended orders stay readable at the least; <c>drop-ended</c> refuses younger ones.</summary>
    [Range(1, 1_200)]
    public int KeepMonths { get; set; } = 12;
}
