using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Switches;

/// <summary>
/// A dead man's switch that is armed: at its moment the orders that it is about are cancelled, unless it is put off before.
/// </summary>
internal sealed record CancelSwitch(StacksAddress Owner, OrderFilter Filter, DateTimeOffset FiresAt, DateTimeOffset ArmedAt, string ArmedBy)
{
    /// <summary>The longest that one may be put off at a time.</summary>
    public const int SecondsMax = 24 * 60 * 60;

    /// <summary>The least: a shorter one would fire before its next heartbeat could arrive.</summary>
    public const int SecondsMin = 5;

    /// <summary>Switches of one owner.</summary>
    public const int MaxPerOwner = 20;

    /// <summary>True for a time that one may be put off, in seconds; 0 takes it away.</summary>
    public static bool IsTimeout(int seconds) => seconds is 0 or (>= SecondsMin and <= SecondsMax);

    /// <summary>Why an order was cancelled by one.</summary>
    public const string Reason = "cancel_all_after";
}
