using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.SwapCoffee;

/// <summary>The query parameter <c>type</c>.</summary>
internal static class TypeQuery
{
    /// <summary>The kind that is asked about; null for every kind.</summary>
    public static Result<StrategyType?> Read(IQueryCollection query)
    {
        if (query.Text("type") is not { } text) return (StrategyType?)null;
        return StrategyTypes.TryParse(text, out var type) ? type : new OrderError.Field("type", StrategyTypes.Shape);
    }

    /// <summary>The same where it must be given.</summary>
    public static Result<StrategyType> ReadRequired(IQueryCollection query)
    {
        if (Read(query).IsRejected(out var why, out var type)) return why;
        return type is { } given ? given : new OrderError.Field("type", "is required: limit, dca or vca");
    }
}
