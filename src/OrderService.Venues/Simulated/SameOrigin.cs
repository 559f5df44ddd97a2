namespace OrderService.Venues.Simulated;

/// <summary>Lets a call through where it has no Origin or this host's own; a browser sends the Origin of the page that calls.</summary>
internal sealed class SameOrigin(TimeProvider time) : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        foreach (var origin in request.Headers.Origin)
        {
            if (!IsHost(origin, request)) return SimulatorErrors.CrossOrigin(time);
        }
        return await next(context);
    }

    /// <summary>
    /// True where an origin is the host that was asked. The scheme is not compared: behind a proxy that ends TLS the host is all that both
    /// sides see alike.
    /// </summary>
    public static bool IsHost(string? origin, HttpRequest request)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https")) return false;
        var port = request.Host.Port ?? (page.Scheme == "https" ? 443 : 80);
        return string.Equals(page.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase) && page.Port == port;
    }
}
