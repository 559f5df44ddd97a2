using System.Diagnostics;
using OrderService.Domain.Orders;

namespace OrderService.Api.SwapCoffee;

/// <summary>The kinds of orders on this wire.</summary>
internal enum StrategyType
{
    Limit,
    Dca,

    /// <summary>Known by name only: the original documents no settings of it.</summary>
    Vca,
}

/// <summary>The words of <see cref="StrategyType"/>.</summary>
internal static class StrategyTypes
{
    /// <summary>Why text that is none of the words is refused.</summary>
    public const string Shape = "must be limit, dca or vca";

    /// <summary>Reads exactly the words.</summary>
    public static bool TryParse(string? text, out StrategyType type)
    {
        (var isWord, type) = text switch
        {
            "limit" => (true, StrategyType.Limit),
            "dca" => (true, StrategyType.Dca),
            "vca" => (true, StrategyType.Vca),
            _ => (false, default),
        };
        return isWord;
    }

    /// <summary>The kind of a stored order.</summary>
    public static StrategyType Of(Order order) => order.Kind == OrderKind.Limit ? StrategyType.Limit : StrategyType.Dca;

    /// <summary>The word.</summary>
    public static string Word(this StrategyType type) => type switch
    {
        StrategyType.Limit => "limit",
        StrategyType.Dca => "dca",
        StrategyType.Vca => "vca",
        _ => throw new UnreachableException($"no word for {type}"),
    };

    /// <summary>As orders of it are stored.</summary>
    public static OrderKind Kind(this StrategyType type) => type == StrategyType.Limit ? OrderKind.Limit : OrderKind.Dca;
}
