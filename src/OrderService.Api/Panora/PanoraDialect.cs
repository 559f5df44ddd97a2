using Microsoft.Extensions.DependencyInjection.Extensions;
using OrderService.Api.Wire;

namespace OrderService.Api.Panora;

/// <summary>The APIs of Panora: DCA orders and limit orders, two products with orders of their own that share a document.</summary>
internal sealed class PanoraDialect(PanoraProduct product, string tag) : IDialect
{
    private static readonly DialectDocument Told =
        new("panora", "DCA and limit orders (Panora)", PanoraDocument.Description, typeof(PanoraDocument));

    /// <summary>The DCA product.</summary>
    public static PanoraDialect Dca { get; } = new(PanoraProduct.Dca, "DCA orders");

    /// <summary>The limit product.</summary>
    public static PanoraDialect Limit { get; } = new(PanoraProduct.Limit, "Limit orders");

    public string Name => product.Dialect;

    public IReadOnlyList<PathString> BasePaths => [product.BasePath];

    public DialectDocument Document => Told;

    public FieldNames FieldNames => product.FieldNames;

    public ErrorShape ShapeOf(HttpContext context) => PanoraErrors.Write;

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton<OwnWallets>();
        services.TryAddSingleton<NewOrders>();
        services.TryAddSingleton<PanoraOrders>();
        services.TryAddSingleton<PanoraExamples>();
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapPanora(product, tag);
}
