using OrderService.Api.Wire;
using OrderService.Engine.Webhooks;

namespace OrderService.Api.Charisma.Webhooks;

/// <summary>Makes the records of webhooks and of what was sent to them. No secret is in them.</summary>
internal static class WebhookJson
{
    /// <summary>One webhook.</summary>
    public static WebhookRecord Of(WebhookEndpoint endpoint) => new()
    {
        Id = endpoint.WireId, Url = endpoint.Url.ToString(), Kinds = endpoint.Kinds, Status = endpoint.Status,
        DisabledReason = endpoint.DisabledReason, CreatedAt = IsoTime.Text(endpoint.CreatedAt),
        FailingSince = Moment(endpoint.FailingSince), SecretBeforeUntil = Moment(endpoint.SecretBeforeUntil), Position = endpoint.Position,
        Pending = endpoint.Pending,
    };

    /// <summary>One message to it.</summary>
    public static DeliveryRecord Of(WebhookDelivery delivery) => new()
    {
        MessageId = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"msg_{delivery.LogId}_{delivery.Position}"),
        Position = delivery.Position, Kind = delivery.Kind, Order = delivery.Order,
        Status = delivery.Status, Attempts = delivery.Attempts, QueuedAt = IsoTime.Text(delivery.CreatedAt),
        NextAt = Moment(delivery.NextAt), TriedAt = Moment(delivery.TriedAt), TookMs = delivery.TookMs,
        AnswerStatus = delivery.AnswerStatus, Answer = delivery.Answer, Error = delivery.Error,
    };

    private static string? Moment(DateTimeOffset? moment) => moment is { } at ? IsoTime.Text(at) : null;
}
