using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Wire;

/// <summary>
/// Counts requests by remote address, in this process, and apart from them those that cancel. Keys have their own limits, counted in the
/// store, and owners theirs, once it is proven who asks. A request that came through a proxy that nobody trusts is the proxy's.
/// </summary>
internal static class RequestLimits
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddRequestLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLimits(configuration).AddHttpContextAccessor().AddSingleton<AddressBudgets>();
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
        app.Services.TellOwnerBudgets();
        app.Use((context, next) =>
        {
            RateBudgets.Begin(context);
            return next(context);
        });
        app.UseRateLimiter();
        app.Use((context, next) =>
        {
            if (PermitsOf(context) > 0 && limiter.GetStatistics(context) is { } seen) Tell(context, seen.CurrentAvailablePermits);
            return RefusesBody(context) ? Task.CompletedTask : next(context);
        });
    }

    // Before any of it is read. A client that does not say how much it sends is taken to send as much as may be.
    private static bool RefusesBody(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true } || !AddressBudgets.IsCounted(context))
            return false;
        if (context.RequestServices.GetRequiredService<AddressBudgets>()
            .Take(context, AddressUse.Bytes, context.Request.ContentLength ?? DialectLimits.BodyMax) is not OrderError.TooMany spent)
        {
            return false;
        }
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = Math.Ceiling(spent.RetryAfter.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        return true;
    }

    // The requests of a minute are let go of by and by: there is no moment at which all are there again.
    private static void Tell(HttpContext context, long left) =>
        RateBudgets.Tell(context, new RateBudget(IsCancel(context) ? "address-cancels" : "address", PermitsOf(context), Window, left));

    private static RateLimitPartition<(IPAddress Address, bool IsCancel)> PartitionOf(HttpContext context)
    {
        var permits = PermitsOf(context);
        return permits == 0
            ? RateLimitPartition.GetNoLimiter((IPAddress.Any, false)) // no remote address is that one
            : RateLimitPartition.GetSlidingWindowLimiter((AddressBudgets.AddressOf(context), IsCancel(context)),
                _ => new SlidingWindowRateLimiterOptions { PermitLimit = permits, Window = Window, SegmentsPerWindow = 6, QueueLimit = 0 });
    }

    // 0 for a request that is not counted.
    private static int PermitsOf(HttpContext context) =>
        AddressBudgets.IsCounted(context)
            ? context.RequestServices.GetRequiredService<IOptions<LimitsOptions>>().Value.RequestsPerMinutePerAddress : 0;

    // What ends something must get through when all the rest has been asked for too often.
    private static bool IsCancel(HttpContext context) =>
        HttpMethods.IsDelete(context.Request.Method)
            || (context.GetEndpoint()?.Metadata.GetMetadata<Access>()?.Proof?.Action is { } action && WalletActions.IsCancel(action));
}
