using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Clock;
using OrderService.Engine.Events;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;
using OrderService.Engine.Switches;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Webhooks;
using OrderService.Engine.Workers;

namespace OrderService.Engine;

internal static class EngineServices
{
    /// <summary>
    /// All that happens without HTTP and without a venue, which its host adds: the store, prices, keys, accounts, orders and their
    /// execution.
    /// </summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, IConfiguration configuration, string connectionString) =>
        services
        .AddClock()
        .AddTelemetry()
        .AddPersistence(connectionString, configuration)
        .AddWorkers()
        .AddEvents(configuration)
        .AddPricing(configuration)
        .AddAuth(configuration)
        .AddAccounts(configuration)
        .AddWebhooks(configuration)
        .AddOrders(configuration)
        .AddSwitches()
        .AddExecution(configuration);
}
