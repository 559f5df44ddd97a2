namespace OrderService.Venues.Simulated;

/// <summary>What only a play chain can offer. Mapped where this venue is the active one.</summary>
internal static class SimulatorEndpoints
{
    /// <summary>Maps nothing where another venue is active.</summary>
    public static void MapSimulator(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<SimulatedWorld>() is null) return;
        var simulator = routes.MapGroup("/simulator").WithTags("Simulator").AddEndpointFilter<RouteGroupBuilder, SameOrigin>();
        simulator.MapPost("/faucet", Faucet.HandleAsync);
        simulator.MapPost("/prices", PinPrice.HandleAsync);
        simulator.MapGet("/clock", GetClock.Handle);
        simulator.MapPost("/clock", SetClock.HandleAsync);
        simulator.MapGet("/accounts/{address}", GetAccount.HandleAsync);
    }
}
