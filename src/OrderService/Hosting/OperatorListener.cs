using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OrderService.Engine.Auth;

namespace OrderService.Hosting;

/// <summary>Section <c>Operator</c>: where the operator looks.</summary>
internal sealed class OperatorOptions
{
    public const string Section = "Operator";

    /// <summary>
    /// The addresses, separated by semicolons, that serve metrics and the details of readiness. Without a value the loopback address, 1000
    /// ports above the service's own.
    /// </summary>
    [RegularExpression("^https?://[^;]+(;https?://[^;]+)*$",
        ErrorMessage = "Operator:Urls must be addresses such as http://127.0.0.1:6080, separated by semicolons.")]
    public string? Urls { get; set; }
}

/// <summary>
/// A listener of the operator's own. What is behind it tells how the service is made, what it holds and whom it asks: that is nobody's
/// business who only places orders, and everything on a public listener is read by everybody sooner or later.
/// </summary>
internal sealed class OperatorListener(IServer server, int count)
{
    private const int Above = 1_000;

    private HashSet<int>? _ports;

    /// <summary>The first of its addresses, once the server listens.</summary>
    public string Url => Own.FirstOrDefault() ?? "";

    // Those that were added come last, in the order in which they were asked for.
    private IEnumerable<string> Own => (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []).TakeLast(count);

    /// <summary>True for a request that came in there.</summary>
    public bool Owns(HttpContext context) =>
        (_ports ??= [.. Own.Select(url => BindingAddress.Parse(url).Port)]).Contains(context.Connection.LocalPort);

    /// <summary>The addresses that the settings ask for.</summary>
    public static IReadOnlyList<string> Of(IConfiguration configuration)
    {
        if (configuration.GetSection(OperatorOptions.Section)[nameof(OperatorOptions.Urls)] is { Length: > 0 } given)
            return given.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var service = BindingAddress.Parse(ListenAddresses.Of(configuration)[0]);
        var port = service.IsUnixPipe || service.IsNamedPipe || service.Port == 0 ? 0 : PortBeside(service.Port);
        return [string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")];
    }

    /// <summary>Where the operator's listener of a service at this address is, unless the settings say otherwise.</summary>
    public static Uri Beside(Uri service) => new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", PortBeside(service.Port)).Uri;

    private static int PortBeside(int port) => port + Above <= IPEndPoint.MaxPort ? port + Above : port - Above;

    /// <summary>Adds it to what the server listens on.</summary>
    public static void Add(WebApplicationBuilder builder)
    {
        var (own, all) = (Of(builder.Configuration), ListenAddresses.Of(builder.Configuration));
        if (builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            // the server takes them in the order of their names
            for (var i = 0; i < own.Count; i++) builder.Configuration[$"Kestrel:Endpoints:zOperator{i}:Url"] = own[i];
        }
        else
        {
            builder.WebHost.UseUrls([.. all, .. own]);
        }
        builder.Services.AddSingleton(provider => new OperatorListener(provider.GetRequiredService<IServer>(), own.Count));
        builder.Services.AddOptions<OperatorOptions>().Bind(builder.Configuration.GetSection(OperatorOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
    }
}

/// <summary>Routes that are the operator's.</summary>
internal static class OperatorRoutes
{
    /// <summary>The path of the page and of what it asks.</summary>
    public const string Page = "/operator";

    /// <summary>True for the paths of the operator's.</summary>
    public static bool IsOne(PathString path) =>
        path.StartsWithSegments("/metrics") || path.StartsWithSegments("/health") || path.StartsWithSegments(Page);

    /// <summary>True where the request came in at the operator's listener, or the host has none.</summary>
    public static bool IsOperators(this HttpContext context) =>
        context.RequestServices.GetService<OperatorListener>()?.Owns(context) ?? true;
}
