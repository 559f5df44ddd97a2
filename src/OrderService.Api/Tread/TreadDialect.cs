using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>The core order API of Tread.fi.</summary>
internal sealed class TreadDialect : IDialect
{
    public string Name => NewOrderTerms.Dialect;

    public IReadOnlyList<PathString> BasePaths => [TreadEndpoints.BasePath];

    public DialectDocument Document { get; } =
        new(TreadDocument.Name, "Core orders (Tread.fi)", TreadDocument.Description, typeof(TreadDocument));

    public FieldNames FieldNames => FieldNames.Same;

    public ErrorShape ShapeOf(HttpContext context) => TreadErrors.ShapeOf(context);

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<TradeAssets>();
        services.AddSingleton<StrategyParamsJson>();
        services.AddSingleton<NewOrderReader>();
        services.AddSingleton<FundingAccounts>();
        services.AddSingleton<NewOrders>();
        services.AddSingleton<TreadOrders>();
        services.AddSingleton<BulkCall>();
        services.AddSingleton<UserOrdersSocket>();
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapTread();
}
