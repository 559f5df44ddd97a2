using OrderService.Api.Charisma.Accounts;
using OrderService.Api.Charisma.ApiKeys;
using OrderService.Api.Charisma.Bulk;
using OrderService.Api.Charisma.Events;
using OrderService.Api.Charisma.Groups;
using OrderService.Api.Charisma.Webhooks;
using OrderService.Api.Wire;

namespace OrderService.Api.Charisma;

/// <summary>The native API: orders, keys, accounts, prices. The play chain answers as it does and stands in its document.</summary>
internal sealed class CharismaDialect : IDialect
{
    public string Name => NewOrderTerms.Dialect;

    public IReadOnlyList<PathString> BasePaths => [CharismaEndpoints.BasePath, "/simulator"];

    public DialectDocument Document { get; } = new(CharismaDocument.Name, "Orders (native)",
        "Wallet-signed orders, executed once when price and time are right.", typeof(CharismaDocument));

    public FieldNames FieldNames => FieldNames.Same;

    public ErrorShape ShapeOf(HttpContext context) =>
        context.Request.Path.StartsWithSegments($"{CharismaEndpoints.BasePath}/quote") ? CharismaErrors.WriteOfQuote : CharismaErrors.Write;

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<SignedExample>();
        services.AddSingleton<ReadableOrder>();
        services.AddSingleton<OpenOrders>();
        services.AddSingleton<PriceFeed>();
        services.AddSingleton<EventStreams>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCharisma();
        routes.MapApiKeys();
        routes.MapAccounts();
        routes.MapPrices();
        routes.MapEvents();
        routes.MapBulk();
        routes.MapGroups();
        routes.MapWebhooks();
    }

    public FirstSteps FirstStepsAt(string url, IServiceProvider services)
    {
        var (home, order) = (url + CharismaEndpoints.BasePath, services.GetRequiredService<SignedExample>().AtOnce());
        return new FirstSteps(
            $"{home}/network", $"curl -s {home}/orders/new -H 'Content-Type: application/json' -d '{order.ToJsonString()}'",
            $"curl -s {home}/orders/{order["uuid"]}");
    }
}
