using System.ComponentModel.DataAnnotations;

namespace OrderService.Engine.Events;

/// <summary>Section <c>Events</c>: the log of what happened, and who reads it.</summary>
internal sealed class EventsOptions
{
    /// <summary>The pause between two looks for events without a position, while there are some; 1 to 20 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:00.020")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest such pause while there are none: pauses double up to it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan IdlePauseMax { get; set; } = TimeSpan.FromMilliseconds(40);

    /// <summary>Events that get their positions in one transaction.</summary>
    [Range(1, 100_000)]
    public int BatchMax { get; set; } = 5_000;
}
