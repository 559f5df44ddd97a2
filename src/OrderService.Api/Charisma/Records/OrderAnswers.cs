using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Records;

/// <summary>An answer of success.</summary>
internal sealed record SuccessRecord<T>
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>What was asked for.</summary>
    public required T Data { get; init; }
}

/// <summary>One order, as create and the changes of it answer.</summary>
internal sealed record OrderAnswerRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>order_cancelling where a cancel has taken effect and the end is still to come.</summary>
    [Words("order_cancelling")]
    public string? Code { get; init; }

    /// <summary>The order.</summary>
    public required OrderRecord Data { get; init; }
}

/// <summary>The same of an order without fields of its client's.</summary>
internal sealed record PlainOrderAnswerRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>As in the other.</summary>
    public string? Code { get; init; }

    /// <summary>The order.</summary>
    public required PlainOrderRecord Data { get; init; }
}

/// <summary>What a call to execute may say in its body, beside the proof.</summary>
internal sealed record ExecuteRecord : RequestRecord
{
    /// <summary>true for more than one try.</summary>
    public Given<bool> Retry { get; init; }
}

/// <summary>The transaction that a call to execute made.</summary>
internal sealed record ExecutedRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>Its id.</summary>
    [Is(Shape.TxId)]
    public required string Txid { get; init; }
}

/// <summary>A list of orders: by cursor with nextCursor, by page with pagination.</summary>
internal sealed record OrderListRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>The orders.</summary>
    public required IReadOnlyList<OrderRecord> Data { get; init; }

    /// <summary>Where page or limit was asked for.</summary>
    public PaginationRecord? Pagination { get; init; }

    /// <summary>What to send as cursor for the next; null at the end.</summary>
    /// <example>MjAzMC0wMS0wMVQxMjowMDowMFo</example>
    [OrNull]
    public TextOrNull? NextCursor { get; init; }
}

/// <summary>Where a page of a list stands.</summary>
internal sealed record PaginationRecord
{
    /// <summary>How many orders there are, or at least so many.</summary>
    /// <example>42</example>
    [Bounds(0)]
    public required long Total { get; init; }

    /// <summary>false where there are more than total.</summary>
    /// <example>true</example>
    public required bool TotalIsExact { get; init; }

    /// <summary>This page, from 1.</summary>
    /// <example>1</example>
    [Bounds(1)]
    public required int Page { get; init; }

    /// <summary>Orders on a page.</summary>
    /// <example>10</example>
    [Bounds(1, OrdersQuery.LimitMax)]
    public required int Limit { get; init; }

    /// <summary>How many pages there are.</summary>
    /// <example>5</example>
    [Bounds(0)]
    public required long TotalPages { get; init; }

    /// <summary>Whether another follows.</summary>
    /// <example>true</example>
    public required bool HasNextPage { get; init; }

    /// <summary>Whether one is before it.</summary>
    /// <example>false</example>
    public required bool HasPrevPage { get; init; }
}
