using OrderService.Domain.Ports;
using OrderService.Engine.Telemetry;

namespace OrderService.Api.Tread;

/// <summary>
/// What a route says where the store cannot be reached, and for a bug: every route of the original has its own words, and all are 500.
/// </summary>
internal sealed record OutageTexts(FaultShape Shape, string Store, string Bug)
{
    private const string Later = "An unexpected error occurred. Please try again later.";
    private const string Wrong = "Something went wrong";

    public static readonly OutageTexts List = new(FaultShape.Errors, Later, Later);
    public static readonly OutageTexts Usual = new(FaultShape.Error, "Database connection failed", Wrong);
    public static readonly OutageTexts Detail = new(FaultShape.Message, Wrong, Wrong);
    public static readonly OutageTexts Resume = new(FaultShape.Error, "Internal server error", "Internal server error");
    public static readonly OutageTexts Plain = new(FaultShape.Error, Wrong, Wrong);

    /// <summary>The refusal.</summary>
    public TreadFault Fault(bool isOutage) => new(500, Shape, isOutage ? "unavailable" : "internal_error", isOutage ? Store : Bug);
}

/// <summary>Answers outages and bugs in the words of the route.</summary>
internal sealed class OutageFilter(Func<HttpContext, OutageTexts> textsOf) : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (Exception fault) when (fault is not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested
            && !http.Response.HasStarted)
        {
            var log = http.RequestServices.GetRequiredService<ILogger<OutageFilter>>();
            foreach (var listener in http.RequestServices.GetServices<FaultListener>()) listener.Hear(fault);
            if (Outage.Is(fault))
            {
                log.LogWarning(fault, "{Method} {Path} met an outage ({RequestId})", http.Request.Method, http.Request.Path,
                    http.TraceIdentifier);
            }
            else
            {
                log.LogError(fault, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
            }
            return textsOf(http).Fault(Outage.Is(fault));
        }
    }
}
