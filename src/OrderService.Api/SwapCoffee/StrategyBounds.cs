namespace OrderService.Api.SwapCoffee;

/// <summary>What the fields of orders take, both ends included.</summary>
internal static class StrategyBounds
{
    public const int SubordersMax = 255;
    public const int DelayMin = 60;
    public const int DelayMax = 15_552_000;
    public const int ReferralNameMax = 100;
    public const int EntriesMax = 100;
}
