using System.Globalization;

namespace OrderService.Engine.Orders;

/// <summary>An order's place in a list by age, and the cursor that says so.</summary>
internal readonly record struct OrderKey(Guid Id, DateTimeOffset At)
{
    /// <summary>Reads a cursor that <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, out OrderKey key)
    {
        key = default;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 1 || !long.TryParse(text.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks))
            return false;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks || !Guid.TryParseExact(text[(dash + 1)..], "N", out var id)) return false;
        key = new OrderKey(id, new DateTimeOffset(ticks, TimeSpan.Zero));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks:x}-{Id:N}");
}
