using OrderService.Api.Wire;
using OrderService.Engine.Telemetry;

namespace OrderService.Api.Mcp;

/// <summary>
/// The Model Context Protocol at <c>/mcp</c>, off unless it is asked for: tools over the engine's use cases, each under the permissions and
/// limits of the API key that calls it.
/// </summary>
internal static class McpEndpoints
{
    /// <summary>The path.</summary>
    public const string Path = "/mcp";

    /// <summary>The word for it in the store, in logs and metrics.</summary>
    public const string Dialect = "mcp";

    private const string Instructions =
        "Swaps tokens on Stacks from an account that the service holds for a wallet. Amounts are whole tokens as text, tokens are symbols or contract ids. Ask for a quote or a preview before you place "
        + "an order. An order that was placed is swapped once, when its price and time are right; explain says why one waits. What the key may do and how much it may sell a day was set by its owner.";

    /// <summary>Registers it where the settings ask for it.</summary>
    public static IServiceCollection AddMcp(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<McpOptions>().Bind(configuration.GetSection(McpOptions.Section));
        if (!IsOn(configuration)) return services;
        services.AddExpectedDialect(Dialect);
        services.AddHttpContextAccessor();
        services.AddSingleton<McpCall>();
        services.AddSingleton<WantedSwaps>();
        services.AddMcpServer(server =>
        {
            server.ServerInfo = new()
            {
                Name = "OrderService", Version = typeof(McpEndpoints).Assembly.GetName().Version?.ToString() ?? "0",
            };
            server.ServerInstructions = Instructions;
            server.Filters.Request.CallToolFilters.Add(ToolRefusal.Told);
        }).WithHttpTransport(transport => transport.Stateless = true)
            .WithTools<QuoteTool>().WithTools<PreviewTool>().WithTools<PlaceTool>().WithTools<ListTool>().WithTools<ExplainTool>()
            .WithTools<CancelTool>();
        return services;
    }

    /// <summary>Maps it where the settings ask for it.</summary>
    public static void MapMcpServer(this IEndpointRouteBuilder routes, IConfiguration configuration)
    {
        if (IsOn(configuration)) routes.MapMcp(Path).Needs(new McpProof()).ExcludeFromDescription();
    }

    private static bool IsOn(IConfiguration configuration) =>
        configuration.GetSection(McpOptions.Section).GetValue<bool>(nameof(McpOptions.Enabled));
}
