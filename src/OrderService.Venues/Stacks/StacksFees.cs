using System.Collections.Concurrent;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Stacks.Transactions;
using OrderService.Venues.Stacks.Node;

namespace OrderService.Venues.Stacks;

/// <summary>
/// What a transaction pays: the node's estimate within bounds. An estimate holds for a while for calls of the same function, which differ
/// in nothing that costs.
/// </summary>
internal sealed class StacksFees(StacksNodes nodes, StacksOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (ulong Fee, DateTimeOffset At)> _known = new(StringComparer.Ordinal);

    /// <summary>The fee for a call, micro-STX. Without an estimate it is the last known one, else the least.</summary>
    public async Task<TokenAmount> OfAsync(string function, Func<SignedTransaction> sample, CancellationToken token)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(function, out var known) && now - known.At < options.FeeMaxAge) return new TokenAmount(known.Fee);
        ulong fee;
        try
        {
            var call = sample();
            fee = await nodes.EstimateFeeAsync(call.Content.Payload.ToBytes(), call.Raw.Length, token) is { } estimate
                ? Bounded((UInt128)estimate * (uint)options.FeePercent / 100) : known.Fee;
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            fee = known.Fee; // too low a fee is raised later; no estimate is no reason to wait
        }
        if (fee == 0) fee = (ulong)options.FeeMin;
        _known[function] = (fee, now);
        return new TokenAmount(fee);
    }

    /// <summary>The highest fee known of any call, or the least: what a transaction that must not wait pays.</summary>
    public TokenAmount Brisk => new(_known.IsEmpty ? (ulong)options.FeeMin : _known.Values.Max(known => known.Fee));

    /// <summary>The next fee above this one; null at the most.</summary>
    public TokenAmount? Above(TokenAmount fee)
    {
        if (fee.Units >= (UInt128)options.FeeMax) return null;
        return new TokenAmount(Bounded(UInt128.Max(fee.Units + 1, fee.Units * (UInt128)(100 + options.FeeRaisePercent) / 100)));
    }

    private ulong Bounded(UInt128 fee) => (ulong)UInt128.Clamp(fee, (UInt128)options.FeeMin, (UInt128)options.FeeMax);
}
