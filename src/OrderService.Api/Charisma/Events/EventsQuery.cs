using System.Globalization;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Events;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Charisma.Events;

/// <summary>Which events are asked for: whose, those behind a position, or from the first one on. An owner of null is everybody.</summary>
internal sealed record EventsQuery(StacksAddress? Owner, LogPosition? After, int Limit)
{
    private const int OrdersMax = 100;

    internal static readonly HashSet<string> Kinds = [.. EventText.OrderKinds, .. EventText.Kinds];

    /// <summary>Those of these orders only.</summary>
    public IReadOnlyCollection<Guid>? Orders { get; init; }

    /// <summary>Those of the legs of these groups only.</summary>
    public IReadOnlyCollection<Guid>? Groups { get; init; }

    /// <summary>Those of these kinds only.</summary>
    public IReadOnlyCollection<string>? OfKinds { get; init; }

    /// <summary>True for a stream that begins with the open orders of its owner, and goes on from there.</summary>
    public bool WithSnapshot { get; init; }

    /// <summary>Which events the log is asked for.</summary>
    public EventFilter Filter => new(Owner) { Orders = Orders, Groups = Groups, Kinds = OfKinds };

    /// <summary>The key that asks, where one does.</summary>
    public ApiKey? Key { get; init; }

    public const int LimitMax = 1_000;
    public const int LimitDefault = 100;

    /// <summary>
    /// What is asked for, or the first parameter that cannot be meant. What a stream was read up to comes before where it began.
    /// </summary>
    public static Result<EventsQuery> Read(HttpRequest request)
    {
        var (name, text) = request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last
            ? ("Last-Event-ID", last) : ("after", request.Query.Text("after"));
        LogPosition? after = null;
        if (text is not null)
        {
            if (!LogPosition.TryParse(text, out var position))
                return new OrderError.Field(name, "must be a position: a whole number from 0, or one with its log in front, as log-number");
            after = position;
        }
        var limit = LimitDefault;
        if (request.Query.LimitRefusal(LimitMax, ref limit) is { } badLimit) return badLimit;
        if (request.Query.OwnerRefusal(out var owner) is { } nobody) return nobody;
        if (ReadFilter(request).IsRejected(out var why, out var filter)) return why;
        return filter with { Owner = owner, After = after, Limit = limit };
    }

    private static Result<EventsQuery> ReadFilter(HttpRequest request)
    {
        var (kinds, isSnapshot) = ((string[]?)null, false);
        if (ReadIds(request, "order", "an order's uuid").IsRejected(out var why, out var orders)
            || ReadIds(request, "group", "a group's id").IsRejected(out why, out var groups))
        {
            return why;
        }
        if (Listed(request, "kind") is { Length: > 0 } words)
        {
            if (Array.Find(words, word => !Kinds.Contains(word)) is not null)
                return new OrderError.Field("kind", "must be kinds of events, with commas between them");
            kinds = words;
        }
        if (request.Query.Text("snapshot") is { } asked && !QueryText.TryParseTruth(asked, out isSnapshot))
            return new OrderError.Field("snapshot", "must be true or false");
        if (isSnapshot && !StreamBody.IsWanted(request))
            return new OrderError.Field("snapshot", "is for streams: send Accept: text/event-stream, or open a WebSocket");
        return new EventsQuery(Owner: null, After: null, LimitDefault)
        {
            Orders = orders.Of, Groups = groups.Of, OfKinds = kinds, WithSnapshot = isSnapshot,
        };
    }

    // None asked for is no filter.
    private readonly record struct Ids(List<Guid>? Of);

    private static Result<Ids> ReadIds(HttpRequest request, string name, string what)
    {
        var ids = new List<Guid>();
        foreach (var text in Listed(request, name))
        {
            if (!OrderUuid.TryParse(text, out var uuid))
                return new OrderError.Field(name, $"must be {what}, or several with commas between them");
            ids.Add(uuid.Key);
        }
        return ids.Count > OrdersMax
            ? new OrderError.Field(name, $"must be at most {OrdersMax} uuids") : new Ids(ids.Count == 0 ? null : ids);
    }

    internal static string[] Listed(HttpRequest request, string name) =>
        request.Query.Text(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
