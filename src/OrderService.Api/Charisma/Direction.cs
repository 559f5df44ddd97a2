using System.Diagnostics.CodeAnalysis;
using OrderService.Domain.Orders;

namespace OrderService.Api.Charisma;

/// <summary>The wire words of <see cref="TriggerDirection"/>: <c>lt</c> and <c>gt</c>, both inclusive.</summary>
internal static class Direction
{
    /// <summary>Reads exactly the two words.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TriggerDirection direction)
    {
        direction = text == "gt" ? TriggerDirection.Gt : TriggerDirection.Lt;
        return text is "lt" or "gt";
    }

    /// <summary>The word.</summary>
    public static string Text(TriggerDirection direction) => direction == TriggerDirection.Gt ? "gt" : "lt";
}
