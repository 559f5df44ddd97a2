using System.Net;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Wire;

/// <summary>What of a remote address is counted beside its requests.</summary>
internal enum AddressUse
{
    /// <summary>Bytes of bodies.</summary>
    Bytes,

    /// <summary>Orders in bodies.</summary>
    Creates,

    /// <summary>Signatures of wallets that prove who asks.</summary>
    Proofs,
}

/// <summary>
/// Counts what the requests of a remote address cost, which their number does not say: a batch has many orders. The operator's own are not
/// counted.
/// </summary>
internal sealed class AddressBudgets(IOptions<LimitsOptions> options, TimeProvider time)
{
    private readonly MinuteMeter<IPAddress> _meter = new(time);

    /// <summary>
    /// True where the requests of this one's address are counted: from this machine only those that came through a proxy are.
    /// </summary>
    public static bool IsCounted(HttpContext context) =>
        !IPAddress.IsLoopback(AddressOf(context)) || context.Request.Headers.ContainsKey("X-Forwarded-For");

    /// <summary>Who is counted.</summary>
    public static IPAddress AddressOf(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;

    /// <summary>Counts so much, or says why it must wait.</summary>
    public OrderError? Take(HttpContext context, AddressUse use, long count = 1)
    {
        var limits = options.Value;
        var (name, unit, most) = use switch
        {
            AddressUse.Bytes => ("address-bytes", "content-bytes", limits.BodyBytesPerMinutePerAddress),
            AddressUse.Creates => ("address-creates", null, limits.CreatesPerMinutePerAddress),
            _ => ("address-proofs", null, (long)limits.ProofsPerMinutePerAddress),
        };
        if (most == 0 || !IsCounted(context)) return null;
        var left = _meter.Take(AddressOf(context), name, most, count);
        RateBudgets.Tell(context, new RateBudget(name, most, MinuteMeter<IPAddress>.Window, left.Left, left.Resets) { Unit = unit });
        return left.Passes
            ? null
            : new OrderError.TooMany("too_many_requests",
                $"Too much came from this address: it has used up its {most} of {name} in a minute", left.Resets);
    }
}
