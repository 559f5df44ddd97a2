using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>An order that takes another's place: proven by an API key, or by a message that names both.</summary>
internal sealed record ReplaceOrderRecord : ProvenCallRecord
{
    /// <summary>The new order, signed as it is for POST orders/new, with a uuid of its own.</summary>
    public required Given<NewOrderRecord> Order { get; init; }
}

/// <summary>An order that took another's place.</summary>
internal sealed record ReplacedAnswerRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>The new order.</summary>
    public required OrderRecord Data { get; init; }

    /// <summary>The one that it replaces.</summary>
    public required ReplacedRecord Replaced { get; init; }
}

/// <summary>An order that was replaced.</summary>
internal sealed record ReplacedRecord
{
    /// <summary>Its uuid.</summary>
    [Is(Shape.Uuid)]
    public required string Uuid { get; init; }

    /// <summary>cancelled; or cancelling, where what was ever sent of it is spent first: no swap of it follows.</summary>
    [Words("cancelled", "cancelling")]
    public required string OrderStatus { get; init; }
}
