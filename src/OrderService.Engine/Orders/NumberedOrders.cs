using System.Globalization;
using System.Text;
using Npgsql;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Orders;

/// <summary>Which numbered orders are meant; what is null is not asked about. Newest first, those with lower numbers than <paramref name="Before"/>.</summary>
internal sealed record NumberedQuery(int Limit, int? Before = null)
{
    public int? Number { get; init; }

    public StacksAddress? Owner { get; init; }

    /// <summary>The managed account that pays.</summary>
    public StacksAddress? Account { get; init; }

    /// <summary>What tells a limit order from the others.</summary>
    public SlippageFrom? Slippage { get; init; }

    /// <summary>One is sold for the other, either way round.</summary>
    public (TokenId First, TokenId Second)? Pair { get; init; }

    /// <summary>True where orders that have ended are left out.</summary>
    public bool IsOpenOnly { get; init; }
}

/// <summary>An order with its number.</summary>
internal sealed record NumberedOrder(int Number, OrderView View);

/// <summary>Reads orders by their numbers.</summary>
internal sealed class NumberedOrders(NpgsqlDataSource source, FindOrder find)
{
    /// <summary>The orders of one page.</summary>
    public async Task<IReadOnlyList<NumberedOrder>> ReadAsync(NumberedQuery query, CancellationToken token)
    {
        var ids = await FindAsync(query, token);
        var views = await find.ReadAsync([.. ids.Select(i => i.Id)], token);
        return [.. ids.Join(views, i => i.Id, v => v.Order.Id, (i, v) => new NumberedOrder(i.Number, v))];
    }

    /// <summary>The order of that number, if it is the owner's; null for any other.</summary>
    public async Task<NumberedOrder?> OfAsync(StacksAddress owner, int number, CancellationToken token) =>
        (await ReadAsync(new NumberedQuery(1) { Owner = owner, Number = number }, token)).SingleOrDefault();

    /// <summary>The number of an order, which got one when it was stored.</summary>
    public async Task<int> NumberOfAsync(Guid orderId, CancellationToken token)
    {
        await using var command = source.CreateCommand("SELECT number FROM order_numbers WHERE order_id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = orderId });
        return (int)(await command.ExecuteScalarAsync(token) ?? throw new System.Diagnostics.UnreachableException($"order {orderId} has no number"));
    }

    /// <summary>Numbers and ids only.</summary>
    public async Task<IReadOnlyList<(int Number, Guid Id)>> FindAsync(NumberedQuery query, CancellationToken token)
    {
        await using var command = source.CreateCommand();
        command.CommandText = Statement(command, query);
        await using var reader = await command.ExecuteReaderAsync(token);
        var found = new List<(int, Guid)>();
        while (await reader.ReadAsync(token)) found.Add((reader.GetInt32(0), reader.GetGuid(1)));
        return found;
    }

    private static string Statement(NpgsqlCommand command, NumberedQuery query)
    {
        var where = new StringBuilder("true");
        if (query.Number is { } number) where.Append(CultureInfo.InvariantCulture, $" AND n.number = {Next(command, number)}");
        if (query.Before is { } before) where.Append(CultureInfo.InvariantCulture, $" AND n.number < {Next(command, before)}");
        if (query.Owner is { } owner) where.Append(CultureInfo.InvariantCulture, $" AND n.owner = {Next(command, owner.ToString())}");
        if (query.Account is { } account) where.Append(CultureInfo.InvariantCulture, $" AND o.account = {Next(command, account.ToString())}");
        if (query.Slippage is { } slippage) where.Append(CultureInfo.InvariantCulture, $" AND o.slippage_from = {Next(command, Words.Of(slippage))}");
        if (query.IsOpenOnly) where.Append(" AND o.status IN ('open', 'paused', 'cancelling')");
        if (query.Pair is { } pair)
        {
            var (first, second) = (Next(command, pair.First.ToString()), Next(command, pair.Second.ToString()));
            where.Append(CultureInfo.InvariantCulture, $" AND ((o.sell_token = {first} AND o.buy_token = {second}) OR (o.sell_token = {second} AND o.buy_token = {first}))");
        }
        return $"SELECT n.number, n.order_id FROM order_numbers n JOIN orders o ON o.id = n.order_id WHERE {where} ORDER BY n.number DESC LIMIT {Next(command, query.Limit)}";
    }

    private static string Next<T>(NpgsqlCommand command, T value)
    {
        command.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${command.Parameters.Count}");
    }
}
