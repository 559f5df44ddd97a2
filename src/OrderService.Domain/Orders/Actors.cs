namespace OrderService.Domain.Orders;

/// <summary>Who did something, as events name them: a wallet by its address, an API key, the operator, or the service itself.</summary>
public static class Actors
{
    /// <summary>The service, of itself: prices, times, and what the chain shows.</summary>
    public const string System = "system";

    /// <summary>Whoever holds an admin key.</summary>
    public const string Operator = "operator";

    /// <summary>An API key, by its id on the wire.</summary>
    public static string Key(Guid id) => $"key:{id:N}";
}
