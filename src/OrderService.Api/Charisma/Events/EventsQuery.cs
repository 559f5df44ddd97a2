using System.Globalization;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Events;

namespace OrderService.Api.Charisma.Events;

/// <summary>Which events are asked for: those behind a position, or from the first one on.</summary>
internal sealed record EventsQuery(LogPosition? After, int Limit)
{
    public const int LimitMax = 1_000;
    public const int LimitDefault = 100;

    /// <summary>What is asked for, or the first parameter that cannot be meant. What a stream was read up to comes before where it began.</summary>
    public static Result<EventsQuery> Read(HttpRequest request)
    {
        var (name, text) = request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last ? ("Last-Event-ID", last) : ("after", request.Query.Text("after"));
        LogPosition? after = null;
        if (text is not null)
        {
            if (!LogPosition.TryParse(text, out var position)) return new OrderError.Field(name, "must be a position: a whole number from 0, or one with its log in front, as log-number");
            after = position;
        }
        var limit = LimitDefault;
        if (request.Query.Text("limit") is { } limitText && (!int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > LimitMax))
            return new OrderError.Field("limit", $"must be a whole number of 1 to {LimitMax}");
        return new EventsQuery(after, limit);
    }
}
