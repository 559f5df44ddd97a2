using System.ComponentModel.DataAnnotations;

namespace OrderService.Engine.Events;

/// <summary>Section <c>Events</c>: the log of what happened, and who reads it.</summary>
internal sealed class EventsOptions
{
    /// <summary>The pause between two looks for events without a position, while there are some; 1 to 20 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:00.020")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The longest such pause while there are none: pauses double up to it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan IdlePauseMax { get; set; } = TimeSpan.FromMilliseconds(40);

    /// <summary>
    /// The pause between two such looks while no stream is open in this process: pages have what is new numbered when they are asked for.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan UnreadPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Events that get their positions in one transaction.</summary>
    [Range(1, 100_000)]
    public int BatchMax { get; set; } = 20_000;

    /// <summary>Streams of events that may be open in this process.</summary>
    [Range(1, 100_000)]
    public int StreamsMax { get; set; } = 1_000;

    /// <summary>Streams that one wallet, or the operator, may have open in this process.</summary>
    [Range(1, 100_000)]
    public int StreamsPerOwnerMax { get; set; } = 20;

    /// <summary>How long a stream goes on before its client has to come back and prove itself again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StreamMax { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a stream may be silent before it says that it is still there.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a stream's client may take to read what it was sent before its connection is closed: it goes on behind the last id that it
    /// has.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan SlowAfter { get; set; } = TimeSpan.FromSeconds(10);
}
