using OrderService.Domain.Amounts;
using OrderService.Domain.Events;

namespace OrderService.Domain.Orders;

/// <summary>What an order has to tell, and who made it so.</summary>
public abstract class OrderNews
{
    private readonly List<OrderEvent> _news = [];

    /// <summary>The 16 bytes of its uuid.</summary>
    public Guid Id { get; private protected set; }

    /// <summary>Who acts on it: whom the events name from here on.</summary>
    public string Actor { get; private set; } = Actors.System;

    private protected abstract OrderStatus Standing { get; }

    private protected abstract TokenAmount? FilledSoFar { get; }

    private protected abstract string? StandingReason { get; }

    /// <summary>Names who acts on it now, where that is not the service itself.</summary>
    public void ActedOnBy(string actor) => Actor = actor;

    /// <summary>The events since the last call, for the store to append.</summary>
    public IReadOnlyList<OrderEvent> TakeNews()
    {
        var news = _news.ToArray();
        _news.Clear();
        return news;
    }

    internal void Tell(Slice? slice, OrderFact happened, DateTimeOffset at) =>
        _news.Add(new OrderEvent(Id, slice?.Number, happened, at, Actor) { OrderStatus = Standing, OrderFilled = FilledSoFar,
            OrderReason = StandingReason });
}
