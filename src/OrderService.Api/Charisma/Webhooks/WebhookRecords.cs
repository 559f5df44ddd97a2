using OrderService.Api.Wire;
using OrderService.Engine.Webhooks;

namespace OrderService.Api.Charisma.Webhooks;

/// <summary>Where a wallet wants to be told what happens.</summary>
internal sealed record WebhookRecord
{
    /// <summary>Its id.</summary>
    [Is(Shape.HexId)]
    public required string Id { get; init; }

    /// <summary>Where messages go.</summary>
    /// <example>https://example.com/hook</example>
    public required string Url { get; init; }

    /// <summary>Which kinds of events; left out for all.</summary>
    /// <example>["confirmed", "failed"]</example>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Nothing is sent to one that is disabled.</summary>
    [Words(WebhookEndpoint.Active, WebhookEndpoint.Disabled)]
    public required string Status { get; init; }

    /// <summary>Why it is disabled: it answered 410 (gone), or failed for days without a success (failing).</summary>
    [Words("gone", "failing")]
    public string? DisabledReason { get; init; }

    /// <summary>When it was added.</summary>
    [Is(Shape.Moment)]
    public required string CreatedAt { get; init; }

    /// <summary>Since when nothing was answered as it should be.</summary>
    [Is(Shape.Moment)]
    public string? FailingSince { get; init; }

    /// <summary>Until when the secret before signs too.</summary>
    [Is(Shape.Moment)]
    public string? SecretBeforeUntil { get; init; }

    /// <summary>Up to where events are queued for it.</summary>
    /// <example>57</example>
    [Bounds(0)]
    public required long Position { get; init; }

    /// <summary>Messages that wait to be sent.</summary>
    /// <example>0</example>
    [Bounds(0)]
    public required long Pending { get; init; }
}

/// <summary>A webhook with its secret, which is told this once.</summary>
internal sealed record NewWebhookRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>The webhook.</summary>
    public required WebhookRecord Webhook { get; init; }

    /// <summary>What its messages are signed with.</summary>
    /// <example>whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDJkMlpoFyEvo=</example>
    public required string Secret { get; init; }
}

/// <summary>One webhook.</summary>
internal sealed record WebhookAnswerRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>The webhook.</summary>
    public required WebhookRecord Webhook { get; init; }
}

/// <summary>A wallet's webhooks.</summary>
internal sealed record WebhookListRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>All of them, oldest first.</summary>
    public required IReadOnlyList<WebhookRecord> Webhooks { get; init; }
}

/// <summary>A webhook that is there no more.</summary>
internal sealed record RemovedWebhookRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>A sentence.</summary>
    /// <example>The webhook has been removed</example>
    public required string Message { get; init; }
}

/// <summary>What a webhook answered to a test.</summary>
internal sealed record WebhookTestRecord
{
    /// <summary>true where it was taken: any answer of 200 to 299.</summary>
    /// <example>true</example>
    public required bool Delivered { get; init; }

    /// <summary>The status of the answer.</summary>
    /// <example>200</example>
    [Bounds(100, 999)]
    public int? AnswerStatus { get; init; }

    /// <summary>The first KiB of the answer.</summary>
    /// <example>ok</example>
    public string? Answer { get; init; }

    /// <summary>Why there was none, or why it does not count, in a word.</summary>
    /// <example>timeout</example>
    public string? Error { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    /// <example>42</example>
    [Bounds(0)]
    public required int TookMs { get; init; }
}

/// <summary>How many messages are sent again.</summary>
internal sealed record RedeliveryRecord
{
    /// <summary>So many, 10,000 at most.</summary>
    /// <example>12</example>
    [Bounds(0)]
    public required long Queued { get; init; }
}

/// <summary>The log of what was sent to a webhook.</summary>
internal sealed record DeliveryListRecord
{
    internal const int LimitMax = 500;
    internal const int LimitDefault = 100;

    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>The messages, the latest first.</summary>
    public required IReadOnlyList<DeliveryRecord> Deliveries { get; init; }
}

/// <summary>A message to a webhook.</summary>
internal sealed record DeliveryRecord
{
    /// <summary>Its webhook-id, the same however often it is sent.</summary>
    /// <example>msg_7d3f9c0a51b2e684_57</example>
    public required string MessageId { get; init; }

    /// <summary>The event's position.</summary>
    /// <example>57</example>
    [Bounds(1)]
    public required long Position { get; init; }

    /// <summary>The event's kind.</summary>
    /// <example>confirmed</example>
    public required string Kind { get; init; }

    /// <summary>The order that it is about.</summary>
    /// <example>550e8400-e29b-41d4-a716-446655440000</example>
    public string? Order { get; init; }

    /// <summary>Where it stands: failed is given up after its last try.</summary>
    [Words("pending", "delivered", "failed")]
    public required string Status { get; init; }

    /// <summary>How often it was sent.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public required int Attempts { get; init; }

    /// <summary>When it was queued.</summary>
    [Is(Shape.Moment)]
    public required string QueuedAt { get; init; }

    /// <summary>When it is sent next.</summary>
    [Is(Shape.Moment)]
    public string? NextAt { get; init; }

    /// <summary>When it was sent last.</summary>
    [Is(Shape.Moment)]
    public string? TriedAt { get; init; }

    /// <summary>How long that took, in milliseconds.</summary>
    /// <example>42</example>
    [Bounds(0)]
    public int? TookMs { get; init; }

    /// <summary>The status of the answer.</summary>
    /// <example>200</example>
    [Bounds(100, 999)]
    public int? AnswerStatus { get; init; }

    /// <summary>The first KiB of the answer.</summary>
    /// <example>ok</example>
    public string? Answer { get; init; }

    /// <summary>Why there was none, or why it does not count, in a word.</summary>
    /// <example>timeout</example>
    public string? Error { get; init; }
}
