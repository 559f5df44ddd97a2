using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Engine.Clock;
using OrderService.Engine.Telemetry;

namespace OrderService.Api.Wire;

/// <summary>
/// Counts the keys that nobody has, by remote address, this machine's own included. An address that sent too many within a minute has no
/// further key looked up, but for those that it, or anyone, showed to be right before: whoever shares the address of a guesser goes on.
/// </summary>
internal sealed class WrongKeys(IOptions<LimitsOptions> options, TimeProvider time, EngineTelemetry telemetry)
{
    private const int AddressesMax = 50_000;
    private const int RightMax = 50_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<IPAddress, (DateTimeOffset From, int Count)> _wrong = new();
    private readonly ConcurrentDictionary<string, bool> _right = new(StringComparer.Ordinal);

    /// <summary>Why a key is not even looked up; null where it is.</summary>
    public OrderError? Refusal(HttpContext context, string key)
    {
        var most = options.Value.WrongKeysPerMinutePerAddress;
        if (most == 0 || !_wrong.TryGetValue(AddressOf(context), out var wrong) || wrong.Count < most || _right.ContainsKey(Name(key)))
            return null;
        var left = wrong.From + Window - time.RealNow();
        if (left <= TimeSpan.Zero) return null;
        Tell(context, wrong.From, wrong.Count);
        return new OrderError.TooMany("too_many_requests", "Too many wrong keys came from this address", left);
    }

    /// <summary>A key that somebody has.</summary>
    public void Right(string key)
    {
        if (_right.Count < RightMax) _right.TryAdd(Name(key), true);
    }

    /// <summary>A key that nobody has.</summary>
    public void Wrong(HttpContext context)
    {
        var (now, address) = (time.RealNow(), AddressOf(context));
        if (_wrong.Count >= AddressesMax) foreach (var old in _wrong.Where(w => now - w.Value.From >= Window)) _wrong.TryRemove(old);
        if (_wrong.Count >= AddressesMax) return;
        var counted =
            _wrong.AddOrUpdate(address, (now, 1), (_, before) => now - before.From >= Window ? (now, 1) : (before.From, before.Count + 1));
        if (options.Value.WrongKeysPerMinutePerAddress > 0) Tell(context, counted.From, counted.Count);
        telemetry.WrongKey(address.ToString(), counted.Count, counted.Count == options.Value.WrongKeysPerMinutePerAddress);
    }

    private void Tell(HttpContext context, DateTimeOffset from, int count)
    {
        var most = options.Value.WrongKeysPerMinutePerAddress;
        RateBudgets.Tell(context, new RateBudget("wrong-keys", most, Window, most - count, from + Window - time.RealNow()));
    }

    // The keys themselves are not kept.
    private static string Name(string key) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));

    private static IPAddress AddressOf(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;
}
