using OrderService.Api.Wire;

namespace OrderService.Hosting;

/// <summary>What a person sees first: where it listens, and an order to try.</summary>
internal static partial class Banner
{
    public static void Print(WebApplication app)
    {
        var url = CallOf(app.Urls.FirstOrDefault() ?? "http://127.0.0.1:5080");
        var (look, order,
            watch) = app.Services.GetRequiredService<Dialects>().All.Select(dialect => dialect.FirstStepsAt(url, app.Services))
                .OfType<FirstSteps>().First();
        var own = CallOf(app.Services.GetRequiredService<OperatorListener>().Url);
        Ready(app.Logger, url, look, $"{url}/swagger", $"{own}/health/ready", $"{own}/metrics", $"{own}{OperatorRoutes.Page}", order,
            watch);
    }

    /// <summary>
    /// How this machine calls a listener: one on all addresses by loopback, since a browser takes 0.0.0.0 for no page that may sign.
    /// </summary>
    internal static string CallOf(string listener) =>
        listener.Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal)
            .Replace("//[::]:", "//127.0.0.1:", StringComparison.Ordinal);

    [LoggerMessage(1, LogLevel.Information, """
        OrderService is ready.
          Page     {Page}
          API      {Api}
          Swagger  {Swagger}
          Health   {Health}
          Metrics  {Metrics}
          Operator {Operators}

        A first order, signed by the published demo key and due at once:

        {Order}

        Then watch it go from open to broadcasted to confirmed:

        {Watch}

        """)]
    private static partial void Ready(
        ILogger log, string page, string api, string swagger, string health, string metrics, string operators, string order, string watch);
}
