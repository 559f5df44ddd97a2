using OrderService.Domain;

namespace OrderService.Api.Wire;

/// <summary>Refusals that the documents of several dialects show.</summary>
internal static class ExampleRefusals
{
    /// <summary>An order that was completed and is no longer kept.</summary>
    public static OrderError.Gone Gone { get; } = new("completed", null, new DateTimeOffset(2025, 11, 21, 3, 21, 0, TimeSpan.Zero));
}
