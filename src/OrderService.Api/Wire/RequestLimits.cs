using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using OrderService.Engine.Auth;

namespace OrderService.Api.Wire;

/// <summary>Section <c>Limits</c>: what one remote address may ask for.</summary>
internal sealed class LimitsOptions
{
    public const string Section = "Limits";

    /// <summary>Requests a minute of one remote address; 0 for no limit. This machine itself is not counted: a proxy there sees to its own.</summary>
    [Range(0, 10_000_000)]
    public int RequestsPerMinutePerAddress { get; set; } = 6_000;
}

/// <summary>Counts requests by remote address, in this process, and apart from them those that cancel. Keys have their own limits, counted in the store.</summary>
internal static class RequestLimits
{
    public static IServiceCollection AddRequestLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LimitsOptions>().Bind(configuration.GetSection(LimitsOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "60";
                return ValueTask.CompletedTask;
            };
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (IPAddress Address, bool IsCancel)>(PartitionOf);
        });
    }

    private static RateLimitPartition<(IPAddress Address, bool IsCancel)> PartitionOf(HttpContext context)
    {
        var permits = context.RequestServices.GetRequiredService<IOptions<LimitsOptions>>().Value.RequestsPerMinutePerAddress;
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        return permits == 0 || IPAddress.IsLoopback(address)
            ? RateLimitPartition.GetNoLimiter((IPAddress.Loopback, false))
            : RateLimitPartition.GetSlidingWindowLimiter((address, IsCancel(context)), _ => new SlidingWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0 });
    }

    // What ends something must get through when all the rest has been asked for too often.
    private static bool IsCancel(HttpContext context) =>
        HttpMethods.IsDelete(context.Request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<Access>()?.Proof?.Action == WalletActions.CancelOrder;
}
