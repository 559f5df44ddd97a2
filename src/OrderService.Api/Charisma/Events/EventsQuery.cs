using System.Globalization;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Engine.Events;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Charisma.Events;

/// <summary>Which events are asked for: whose, those behind a position, or from the first one on. An owner of null is everybody.</summary>
internal sealed record EventsQuery(StacksAddress? Owner, LogPosition? After, int Limit)
{
    /// <summary>The key that asks, where one does.</summary>
    public ApiKey? Key { get; init; }

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
        StacksAddress? owner = null;
        if (request.Query.Text("owner") is { } ownerText)
        {
            if (!StacksAddress.TryParse(ownerText, out var address)) return new OrderError.Field("owner", "must be a Stacks address", "invalid_principal");
            owner = address;
        }
        return new EventsQuery(owner, after, limit);
    }
}
