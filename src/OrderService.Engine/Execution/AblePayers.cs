using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OrderService.Domain.Ports;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>
/// An account that is not taken from until a moment, since a node refused what it paid for this many times in a row, and the last reason.
/// </summary>
internal sealed record PayerRest(string Reason, int Times, DateTimeOffset Until);

/// <summary>
/// The accounts that pay, without those that rest. A node that refuses bytes for the account's own sake would refuse the next ones too: the
/// account rests, twice as long each time in a row, while others pay. Memory only: another node learns the same from its own first refusal.
/// </summary>
internal sealed class AblePayers(ISwapRouter router, IOptions<ExecutionOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<StacksAddress, PayerRest> _rests = new();

    /// <summary>Those that may be taken from now.</summary>
    public IReadOnlyList<Payer> Now()
    {
        if (_rests.IsEmpty) return router.Payers;
        var now = time.GetUtcNow();
        return [.. router.Payers.Where(payer => !_rests.TryGetValue(payer.Address, out var rest) || rest.Until <= now)];
    }

    /// <summary>Those that were refused and have not been taken since.</summary>
    public IReadOnlyDictionary<StacksAddress, PayerRest> Rests => _rests;

    /// <summary>What a node said of bytes that this account pays for.</summary>
    public void Told(StacksAddress payer, SubmitOutcome outcome)
    {
        if (outcome is SubmitOutcome.Accepted) _rests.TryRemove(payer, out _);
        else if (outcome is SubmitOutcome.Refused { IsOfPayer: true } refused) Rest(payer, refused.Reason);
    }

    private void Rest(StacksAddress payer, string reason)
    {
        var now = time.GetUtcNow();
        // bytes that were sent side by side are one refusal
        _rests.AddOrUpdate(payer, _ => After(1), (_, before) => before.Until > now ? before : After(before.Times + 1));

        PayerRest After(int times)
        {
            // longer than its order waits, so that another pays for the next try
            var pause = options.Value.RetryAfter * (1 << Math.Min(times, 10));
            return new PayerRest(reason, times, now + (pause < options.Value.PayerRestMax ? pause : options.Value.PayerRestMax));
        }
    }
}
