using Microsoft.OpenApi;
using OrderService.Api.Charisma;
using OrderService.Api.Panora;
using OrderService.Api.SwapCoffee;
using OrderService.Api.Tread;

namespace OrderService.Hosting;

/// <summary>One OpenAPI document per dialect at <c>/swagger/{name}/swagger.json</c>, and Swagger UI over all of them at <c>/swagger</c>.</summary>
internal static class Documents
{
    private static readonly Document[] All =
    [
        new(CharismaDocument.Name, "Orders (native)", "Wallet-signed orders, executed once when price and time are right.", ["api/v1", "simulator"]),
        new(PanoraDocument.Name, "DCA and limit orders (Panora)", PanoraDocument.Description, ["dca/v1", "limit/v1"]),
        new(SwapCoffeeDocument.Name, "Strategies (swap.coffee)", "Limit and DCA orders in suborders, paid from a wallet that the service holds for you.", ["v1/strategies"]),
        new(TreadDocument.Name, "Core orders (Tread.fi)", TreadDocument.Description, ["api"], "api/v1"),
    ];

    private sealed record Document(string Name, string Title, string Description, string[] Paths, string? Except = null)
    {
        public bool Has(string? path) => Array.Exists(Paths, p => IsUnder(p, path)) && (Except is null || !IsUnder(Except, path));
    }

    /// <summary>Registers the documents.</summary>
    public static void AddDocuments(this IServiceCollection services)
    {
        services.AddSingleton<SignedExample>().AddSingleton<PanoraExamples>().AddSingleton<ProofExample>();
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(swagger =>
        {
            foreach (var document in All) swagger.SwaggerDoc(document.Name, new OpenApiInfo { Title = document.Title, Description = document.Description, Version = "v1" });
            swagger.DocInclusionPredicate((name, operation) => Array.Exists(All, d => d.Name == name && d.Has(operation.RelativePath)));
            swagger.DocumentFilter<CharismaDocument>();
            swagger.DocumentFilter<PanoraDocument>();
            swagger.DocumentFilter<SwapCoffeeDocument>();
            swagger.DocumentFilter<TreadDocument>();
        });
    }

    /// <summary>Serves the documents and the page over them.</summary>
    public static void MapDocuments(this WebApplication app)
    {
        app.MapSwagger();
        app.UseSwaggerUI(page =>
        {
            foreach (var document in All) page.SwaggerEndpoint($"/swagger/{document.Name}/swagger.json", document.Title);
        });
    }

    private static bool IsUnder(string path, string? operation) => operation == path || operation?.StartsWith(path + "/", StringComparison.Ordinal) == true;
}
