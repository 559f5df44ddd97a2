using System.ComponentModel.DataAnnotations;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>Section <c>Stacks:Routes</c>: the pace and the bounds of reading vaults, searching routes and confirming them.</summary>
internal sealed class RouteOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Stacks:Routes";

    /// <summary>The pause between two readings of the vault list.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The limit of one reading, body included.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest list that is read, in bytes.</summary>
    [Range(1_024, 64 * 1_024 * 1_024)]
    public int BytesMax { get; set; } = 8 * 1_024 * 1_024;

    /// <summary>The longest route; the router contract takes no more than 5 hops.</summary>
    [Range(1, 5)]
    public int HopsMax { get; set; } = 4;

    /// <summary>Routes that are confirmed before one is chosen.</summary>
    [Range(1, 16)]
    public int CandidatesMax { get; set; } = 3;

    /// <summary>How long the confirmation of one quote may take; what is confirmed by then counts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:30", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ConfirmTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Read-only calls of one quote, not fewer than <see cref="HopsMax"/>.</summary>
    [Range(1, 100)]
    public int ConfirmCallsMax { get; set; } = 24;
}
