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

    /// <summary>Requests a minute of one remote address; 0 for no limit. The operator's own, from this machine and through no proxy, are not counted.</summary>
    [Range(0, 10_000_000)]
    public int RequestsPerMinutePerAddress { get; set; } = 6_000;

    /// <summary>Keys that nobody has which one remote address, this machine's own too, may send in a minute before no further one is looked up; 0 for no limit.</summary>
    [Range(0, 10_000_000)]
    public int WrongKeysPerMinutePerAddress { get; set; } = 30;
}

/// <summary>Counts requests by remote address, in this process, and apart from them those that cancel. Keys have their own limits, counted in the store, and owners theirs. A request that came through a proxy that nobody trusts is the proxy's.</summary>
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
        return permits == 0 || (IPAddress.IsLoopback(address) && !context.Request.Headers.ContainsKey("X-Forwarded-For"))
            ? RateLimitPartition.GetNoLimiter((IPAddress.Any, false)) // no remote address is that one
            : RateLimitPartition.GetSlidingWindowLimiter((address, IsCancel(context)), _ => new SlidingWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0 });
    }

    // What ends something must get through when all the rest has been asked for too often.
    private static bool IsCancel(HttpContext context) =>
        HttpMethods.IsDelete(context.Request.Method) || (context.GetEndpoint()?.Metadata.GetMetadata<Access>()?.Proof?.Action is { } action && WalletActions.IsCancel(action));
}
