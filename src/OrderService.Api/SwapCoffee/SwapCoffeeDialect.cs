using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;

namespace OrderService.Api.SwapCoffee;

/// <summary>The strategies API of swap.coffee.</summary>
internal sealed class SwapCoffeeDialect : IDialect
{
    /// <summary>What the engine's fields are called here.</summary>
    public static readonly FieldNames Names = new(new Dictionary<string, string>
    {
        ["inputToken"] = "token_from",
        ["outputToken"] = "token_to",
        ["amountIn"] = "input_amount",
        ["minAmountOut"] = "settings.min_output_amount",
        ["slippageBps"] = "slippage",
        ["parts"] = "max_suborders",
        ["attemptsMax"] = "max_invocations",
        ["interval"] = "settings.delay",
        ["rateMin"] = "settings.price_range_from",
        ["rateMax"] = "settings.price_range_to",
    });

    public string Name => NewOrderTerms.Dialect;

    public IReadOnlyList<PathString> BasePaths => [SwapCoffeeEndpoints.BasePath];

    public DialectDocument Document { get; } = new(
        SwapCoffeeDocument.Name, "Strategies (swap.coffee)",
        "Limit and DCA orders in suborders, paid from a wallet that the service holds for you.", typeof(SwapCoffeeDocument));

    public FieldNames FieldNames => Names;

    public IReadOnlyList<(string Section, Type Options)> Settings { get; } = [(SwapCoffeeOptions.Section, typeof(SwapCoffeeOptions))];

    public ErrorShape ShapeOf(HttpContext context) => SwapCoffeeErrors.Write;

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SwapCoffeeOptions>().Bind(configuration.GetSection(SwapCoffeeOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<StrategiesWallets>();
        services.AddSingleton(provider => new ProofDomains(
            provider.GetRequiredService<ServiceIdentity>(), provider.GetRequiredService<ISwapRouter>(),
            provider.GetRequiredService<IOptions<SwapCoffeeOptions>>().Value.Domain));
        services.AddSingleton<OwnerProof>();
        services.AddSingleton<EligiblePairs>();
        services.AddSingleton<NewOrders>();
        services.AddSingleton<ProofExample>();
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapSwapCoffee();
}
