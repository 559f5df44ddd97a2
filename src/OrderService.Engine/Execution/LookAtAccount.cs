using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Ports;
using OrderService.Engine.Telemetry;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>
/// Whether an account can call now, as a hint that the lock of its nonces decides over: it has room for one more, and the chain has come no
/// further than the service knows. Where it has, somebody else used the account's key, and what was sent on those nonces and not seen again
/// may have been mined.
/// </summary>
internal sealed class LookAtAccount(
    NpgsqlDataSource source, ISwapRouter router, CallWaits waits, IOptions<ExecutionOptions> options, EngineTelemetry telemetry)
{
    /// <summary>The code of <see cref="Busy"/>.</summary>
    public const string UnderWay = "call_under_way";

    private static readonly OrderError.Unavailable NotTaken =
        new("calls_not_taken", "The service is set to no contract that an account could call", TimeSpan.FromMinutes(1));
    private static readonly OrderError.Unavailable Doubted =
        new("nonce_doubted", "A node says that the account's key was used elsewhere, and shows no transaction", TimeSpan.FromMinutes(1));

    private readonly ConcurrentDictionary<StacksAddress, Task<Result<AccountCalls>>> _looking = new();

    /// <summary>Why a call waits whose account has as many under way as may be, or another one on its nonce; and for how long.</summary>
    public OrderError.Unavailable Busy(StacksAddress account) =>
        new(UnderWay, "The account has calls under way: the next one is sent when the chain has them", waits.PauseOf(account));

    /// <summary>
    /// Why one more call of the account would have no place, as its rows say; null where it may have one. Only of an account behind which
    /// something waited lately are they asked, since there this spares a quote, and everywhere else it would cost a round trip.
    /// </summary>
    public async Task<OrderError.Unavailable?> FullAsync(StacksAddress account, CancellationToken token) =>
        waits.Waited(account) && await AccountNonces.FindAsync(source, account, token) is { } known
            && !known.HasRoom(options.Value.CallsInFlightMax) ? Busy(account) : null;

    /// <summary>
    /// True where nothing that was sent can be mined any more, so that the next nonce may be taken; false where <paramref name="held"/> has
    /// to be used again. Refused while it waits, and with <c>nonce_used_elsewhere</c> where the nonce was used by a transaction that the
    /// service does not know: whether that moved the same funds cannot be said. Throws what the venue throws.
    /// </summary>
    public async Task<Result<bool>> HandleAsync(StacksAddress account, long? held, CancellationToken token)
    {
        if (!router.TakesCalls) return NotTaken;
        if ((await SeeTogetherAsync(account, token)).IsRejected(out var why, out var calls)) return why;
        if (!calls.HasRoom(options.Value.CallsInFlightMax)) return Busy(account);
        if (held is not { } before) return true;
        if (before >= calls.Seen) return calls.StandsOn(before) ? Busy(account) : false;
        return await AccountNonces.FateAsync(source, account, before, token) switch
        {
            NonceFate.Decided => true,
            NonceFate.Waiting => Busy(account),
            _ => new OrderError.NotExecutable("nonce_used_elsewhere",
                "the account's nonce was used by a transaction that is none of this service's"),
        };
    }

    /// <summary>
    /// What stands on the account's nonces from the chain's next one on, which is written down; refused where a node says what nothing
    /// explains.
    /// </summary>
    public async Task<Result<AccountCalls>> SeeAsync(StacksAddress account, CancellationToken token)
    {
        var chainNext = await router.NextNonceAsync(account, token);
        // In this order: what the chain has mined of the service's is still under way by then, or settled.
        var found = await AccountNonces.FindAsync(source, account, token);
        if (chainNext > (ulong)(found?.Top ?? 0) && !await IsShownAsync(account, found?.Top ?? 0, chainNext, token)) return Doubted;
        if (found is not null && found.Seen == (long)chainNext) return found;
        await AccountNonces.SeeAsync(source, account, chainNext, token);
        return found is not null && found.Seen < (long)chainNext
            ? found.From((long)chainNext) : (await AccountNonces.FindAsync(source, account, token))!;
    }

    // However many calls of an account are planned at once, one question is for all of them. Whoever asked first and goes away takes the
    // answer from nobody.
    private async Task<Result<AccountCalls>> SeeTogetherAsync(StacksAddress account, CancellationToken token)
    {
        if (_looking.TryGetValue(account, out var underWay)) return await underWay.WaitAsync(token);
        var looking = SeeAsync(account, CancellationToken.None);
        _looking[account] = looking;
        try
        {
            return await looking.WaitAsync(token);
        }
        finally
        {
            _looking.TryRemove(new KeyValuePair<StacksAddress, Task<Result<AccountCalls>>>(account, looking));
        }
    }

    private async Task<bool> IsShownAsync(StacksAddress account, long next, ulong chainNext, CancellationToken token)
    {
        if (chainNext <= long.MaxValue && await router.IsNonceShownAsync(account, chainNext - 1, token)) return true;
        telemetry.NonceDoubted(account.ToString(), next, chainNext);
        return false;
    }
}
