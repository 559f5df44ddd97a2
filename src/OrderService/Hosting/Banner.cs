using OrderService.Dialects.Charisma;

namespace OrderService.Hosting;

/// <summary>What a person sees first: where it listens, and an order to try.</summary>
internal static class Banner
{
    public static void Print(WebApplication app)
    {
        var url = app.Urls.FirstOrDefault() ?? "http://127.0.0.1:5080";
        var order = app.Services.GetRequiredService<SignedExample>().AtOnce();
        Console.WriteLine(
            $"""

            OrderService is ready.
              API      {url}/api/v1/network
              Swagger  {url}/swagger
              Health   {url}/health/ready
              Metrics  {url}/metrics

            A first order, signed by the published demo key and due at once:

            curl -s {url}{CharismaEndpoints.BasePath}/orders/new -H 'Content-Type: application/json' -d '{order.ToJsonString()}'

            Then watch it go from open to broadcasted to confirmed:

            curl -s {url}{CharismaEndpoints.BasePath}/orders/{order["uuid"]}

            """);
    }
}
