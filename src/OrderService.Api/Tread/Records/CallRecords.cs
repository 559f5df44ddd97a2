using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain.Expressions;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Tread.Records;

/// <summary>Which order.</summary>
[SnakeCase]
internal record OrderIdRecord : RequestRecord
{
    /// <summary>Its id, hyphenated or 32 hex digits.</summary>
    /// <example>a13f34c2-7529-4ed9-97cb-f52f9daea4a0</example>
    [ReadBy(typeof(TreadOrders), nameof(TreadOrders.TryParseId))]
    public required Given<Guid> OrderId { get; init; }
}

/// <summary>Which order is paused, and when it goes on by itself.</summary>
[SnakeCase]
internal sealed record PauseRecord : OrderIdRecord
{
    /// <summary>It resumes by itself once this holds.</summary>
    /// <example>CHA-sUSDT@simulated &lt;= 0.05</example>
    [Is(Shape.Text)]
    public Given<JsonElement> ResumeCondition { get; init; }
}

/// <summary>What of an order is changed.</summary>
[SnakeCase]
internal sealed record AmendRecord : OrderIdRecord
{
    /// <summary>At least one change.</summary>
    public required Given<ChangesRecord> Changes { get; init; }
}

/// <summary>The fields that can be changed; one of the two quantities at most.</summary>
[SnakeCase]
[NullIsGiven]
internal sealed record ChangesRecord : RequestRecord
{
    /// <summary>How much of the base token in all.</summary>
    /// <example>200</example>
    [Is(Shape.LooseNumber)]
    public Given<GivenDecimal> BaseAssetQty { get; init; }

    /// <summary>How much of the quote token in all.</summary>
    /// <example>20</example>
    [Is(Shape.LooseNumber)]
    public Given<GivenDecimal> QuoteAssetQty { get; init; }

    /// <summary>Seconds in all.</summary>
    /// <example>7200</example>
    [Is(Shape.LooseWhole)]
    [ReadBy(typeof(JsonText), nameof(JsonText.TryReadWhole))]
    public Given<long> Duration { get; init; }

    /// <summary>The part of the market's volume that it aims at.</summary>
    /// <example>0.2</example>
    [Is(Shape.LooseNumber)]
    public Given<GivenDecimal> PovTarget { get; init; }

    /// <summary>The limit, as of a new order; null takes it away.</summary>
    /// <example>0.01</example>
    [Is(Shape.Expression)]
    [OrNull]
    public Given<JsonElement> LimitPrice { get; init; }

    /// <summary>The largest notional of a slice, in the quote token, more than 0.</summary>
    /// <example>100</example>
    [Is(Shape.LooseNumber)]
    public Given<GivenDecimal> MaxClipSize { get; init; }

    /// <summary>True where there is nothing in it.</summary>
    internal bool IsNone => this == new ChangesRecord();
}

/// <summary>Whose orders are cancelled.</summary>
[SnakeCase]
internal sealed record CancelAllRecord : RequestRecord
{
    /// <summary>Only orders that name one of these accounts, with commas.</summary>
    /// <example>main</example>
    [ReadBy(typeof(JsonText), nameof(JsonText.TryReadText))]
    public Given<string> AccountNames { get; init; }
}

/// <summary>Orders by id.</summary>
[SnakeCase]
internal sealed record OrderIdsRecord : RequestRecord
{
    /// <summary>Their ids.</summary>
    /// <example>["a13f34c2-7529-4ed9-97cb-f52f9daea4a0"]</example>
    public required Given<IReadOnlyList<string?>> OrderIds { get; init; }
}

/// <summary>A condition.</summary>
[SnakeCase]
internal sealed record ConditionRecord : RequestRecord
{
    /// <summary>In infix or RPN.</summary>
    /// <example>CHA-sUSDT@simulated &lt;= 0.05</example>
    [Is(Shape.Text)]
    public required Given<JsonElement> OrderCondition { get; init; }

    /// <summary>What it reads as, or why it does not.</summary>
    internal (Condition? Condition, string? Reason) Read { get; private set; }

    /// <inheritdoc/>
    internal override void Meet(HttpContext context)
    {
        var text = OrderCondition.IsRead ? JsonText.AsGiven(OrderCondition.Value) : "";
        Read = ConditionReader.TryRead(text, context.RequestServices.GetRequiredService<TradedAssets>(), out var condition, out var reason)
            ? (condition, null) : (null, reason);
    }
}

/// <summary>What a client says over the WebSocket.</summary>
[SnakeCase]
internal sealed record CommandRecord : RequestRecord
{
    /// <summary>authenticate, subscribe, unsubscribe or keep_alive.</summary>
    public Given<string> Command { get; init; }

    /// <summary>What is subscribed to: user_orders.</summary>
    public Given<string> DataType { get; init; }

    /// <summary>The key.</summary>
    public Given<string> Token { get; init; }

    /// <summary>The sequence of the last message that was had.</summary>
    [ReadBy(typeof(JsonText), nameof(JsonText.TryReadWhole))]
    public Given<long> After { get; init; }
}
