using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Orders.Explain;

namespace OrderService.Api.Charisma.Explain;

/// <summary>The span of recorded prices that a preview is held against; no beginning where that was not asked for.</summary>
internal sealed record PreviewSpan(DateTimeOffset? From, DateTimeOffset To)
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(1);

    /// <summary>What is asked for, or what is wrong with it.</summary>
    public static Result<PreviewSpan> Read(IQueryCollection query, DateTimeOffset now)
    {
        if (query.Text("against") is not { } against)
            return query.Text("from") is null ? new PreviewSpan(null, now) : new OrderError.Field("from", "is for against=history");
        if (against != "history") return new OrderError.Field("against", "must be history");
        if (!PriceQuery.TryReadMoment(query.Text("from"), out var from))
            return new OrderError.Field("from", "must be a time in ISO 8601, in UTC, or Unix milliseconds");
        var begins = from ?? now - Usual;
        return begins < now && now - begins <= ReplayTrigger.SpanMax
            ? new PreviewSpan(begins, now)
            : new OrderError.Field("from", $"must be in the past, by {ReplayTrigger.SpanMax.TotalDays:F0} days at most");
    }
}
