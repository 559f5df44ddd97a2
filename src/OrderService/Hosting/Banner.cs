using OrderService.Api.Wire;

namespace OrderService.Hosting;

/// <summary>What a person sees first: where it listens, and an order to try.</summary>
internal static partial class Banner
{
    public static void Print(WebApplication app)
    {
        var url = app.Urls.FirstOrDefault() ?? "http://127.0.0.1:5080";
        var (look, order, watch) = app.Services.GetRequiredService<Dialects>().All.Select(dialect => dialect.FirstStepsAt(url, app.Services)).OfType<FirstSteps>().First();
        var own = app.Services.GetRequiredService<OperatorListener>().Url;
        Ready(app.Logger, url, look, $"{url}/swagger", $"{own}/health/ready", $"{own}/metrics", order, watch);
    }

    [LoggerMessage(1, LogLevel.Information, """
        OrderService is ready.
          Page     {Page}
          API      {Api}
          Swagger  {Swagger}
          Health   {Health}
          Metrics  {Metrics}

        A first order, signed by the published demo key and due at once:

        {Order}

        Then watch it go from open to broadcasted to confirmed:

        {Watch}

        """)]
    private static partial void Ready(ILogger log, string page, string api, string swagger, string health, string metrics, string order, string watch);
}
