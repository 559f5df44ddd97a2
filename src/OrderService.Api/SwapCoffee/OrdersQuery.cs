using System.Globalization;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.SwapCoffee;

/// <summary>Reads the queries of the order routes.</summary>
internal static class OrdersQuery
{
    public const int SizeMax = 100;

    /// <summary>What a list asks for; null where it is a kind of which there are never any.</summary>
    public static Result<OrderQuery?> Read(IQueryCollection query, StacksAddress owner)
    {
        if (TypeQuery.Read(query).IsRejected(out var why, out var type)) return why;
        if (!QueryText.TryParseTruth(query.Text("include_finished") ?? "false", out var withFinished))
            return new OrderError.Field("include_finished", "must be true or false");
        if (!TryReadWhole(query.Text("size"), SizeMax, out var size) || size is < 1 or > SizeMax)
            return new OrderError.Field("size", $"must be a whole number of 1 to {SizeMax}");
        if (!TryReadWhole(query.Text("before_id"), int.MaxValue, out var before))
            return new OrderError.Field("before_id", "must be a whole number");
        if (type == StrategyType.Vca) return (OrderQuery?)null;
        return new OrderQuery
        {
            Owner = owner, Dialect = NewOrderTerms.Dialect, Kind = type?.Kind(), IsOpen = withFinished ? null : true,
            Sort = OrderSort.PublicId, Limit = size,
            BeforePublicId = query.Text("before_id") is null ? null : PublicNumbers.IdOf(Math.Max(0, before)),
        };
    }

    /// <summary>The order of a number; of an owner, where one is given.</summary>
    public static OrderQuery One(int number, StacksAddress? owner = null) => new()
    {
        Owner = owner, Dialect = NewOrderTerms.Dialect, PublicId = PublicNumbers.IdOf(number),
    };

    /// <summary>The number of an order, which must be given.</summary>
    public static Result<int> ReadId(string? text)
    {
        if (string.IsNullOrEmpty(text)) return new OrderError.Field("id", "is required");
        return TryReadWhole(text, 0, out var id) ? id : new OrderError.Field("id", "must be a whole number of 32 bits");
    }

    private static bool TryReadWhole(string? text, int absent, out int number)
    {
        number = absent;
        return text is null || int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }
}
