using System.ComponentModel.DataAnnotations;

namespace OrderService.Engine.Webhooks;

/// <summary>Section <c>Webhooks</c>: whom the service tells what happens.</summary>
internal sealed class WebhooksOptions
{
    /// <summary>False takes and sends none.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>True lets messages go to private and loopback addresses too, and over plain HTTP: for development only.</summary>
    public bool AllowPrivate { get; set; }

    /// <summary>Endpoints of one wallet.</summary>
    [Range(1, 1_000)]
    public int EndpointsMax { get; set; } = 10;

    /// <summary>Endpoints that this process sends to at once. Those that failed last take half of them at most.</summary>
    [Range(2, 1_000)]
    public int AtOnce { get; set; } = 32;

    /// <summary>How long an endpoint may take to answer a message.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The pause between two looks for what is due.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the secret before still signs beside a new one.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan SecretOverlap { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long an endpoint may fail without one success before it is disabled.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan DisableAfter { get; set; } = TimeSpan.FromDays(3);

    /// <summary>How long what was delivered, or given up, stays in the log of deliveries.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(7);
}
