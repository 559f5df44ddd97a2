using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
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
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddRequestLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LimitsOptions>().Bind(configuration.GetSection(LimitsOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "60";
                Tell(rejected.HttpContext, left: 0);
                return ValueTask.CompletedTask;
            };
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (IPAddress Address, bool IsCancel)>(PartitionOf);
        });
    }

    /// <summary>Limits requests, and tells those that are counted what is left.</summary>
    public static void UseRequestLimits(this WebApplication app)
    {
        var limiter = app.Services.GetRequiredService<IOptions<RateLimiterOptions>>().Value.GlobalLimiter!;
        app.UseRateLimiter();
        app.Use((context, next) =>
        {
            if (PermitsOf(context) > 0 && limiter.GetStatistics(context) is { } seen) Tell(context, seen.CurrentAvailablePermits);
            return next(context);
        });
    }

    // The requests of a minute are let go of by and by: there is no moment at which all are there again.
    private static void Tell(HttpContext context, long left) => RateBudgets.Tell(context, new RateBudget(IsCancel(context) ? "address-cancels" : "address", PermitsOf(context), Window, left));

    private static RateLimitPartition<(IPAddress Address, bool IsCancel)> PartitionOf(HttpContext context)
    {
        var permits = PermitsOf(context);
        return permits == 0
            ? RateLimitPartition.GetNoLimiter((IPAddress.Any, false)) // no remote address is that one
            : RateLimitPartition.GetSlidingWindowLimiter((AddressOf(context), IsCancel(context)), _ => new SlidingWindowRateLimiterOptions { PermitLimit = permits, Window = Window, SegmentsPerWindow = 6, QueueLimit = 0 });
    }

    // 0 for a request that is not counted.
    private static int PermitsOf(HttpContext context) =>
        IPAddress.IsLoopback(AddressOf(context)) && !context.Request.Headers.ContainsKey("X-Forwarded-For") ? 0 : context.RequestServices.GetRequiredService<IOptions<LimitsOptions>>().Value.RequestsPerMinutePerAddress;

    private static IPAddress AddressOf(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;

    // What ends something must get through when all the rest has been asked for too often.
    private static bool IsCancel(HttpContext context) =>
        HttpMethods.IsDelete(context.Request.Method) || (context.GetEndpoint()?.Metadata.GetMetadata<Access>()?.Proof?.Action is { } action && WalletActions.IsCancel(action));
}
