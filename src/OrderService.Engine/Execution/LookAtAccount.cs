using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Ports;
using OrderService.Engine.Telemetry;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>
/// Whether an account can call now, as a hint that the lock of its nonces decides over: what it sent before is mined, and the chain has come no further than the service knows. Where it has, somebody
/// else used the account's key, and what was sent on those nonces and not seen again may have been mined.
/// </summary>
internal sealed class LookAtAccount(NpgsqlDataSource source, ISwapRouter router, EngineTelemetry telemetry)
{
    /// <summary>How long what finds its account busy waits.</summary>
    public static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(1);

    /// <summary>Why a call waits whose account has another one under way.</summary>
    public static readonly OrderError.Unavailable Busy = new("call_under_way", "The account has a call under way: the next one is sent when the chain has it", BusyPause);

    private static readonly OrderError.Unavailable NotTaken = new("calls_not_taken", "The service is set to no contract that an account could call", TimeSpan.FromMinutes(1));
    private static readonly OrderError.Unavailable Doubted = new("nonce_doubted", "A node says that the account's key was used elsewhere, and shows no transaction", TimeSpan.FromMinutes(1));

    /// <summary>
    /// True where nothing that was sent can be mined any more, so that the next nonce may be taken; false where <paramref name="held"/> has to be used again. Refused while it waits, and with
    /// <c>nonce_used_elsewhere</c> where the nonce was used by a transaction that the service does not know: whether that moved the same funds cannot be said. Throws what the venue throws.
    /// </summary>
    public async Task<Result<bool>> HandleAsync(StacksAddress account, long? held, CancellationToken token)
    {
        if (!router.TakesCalls) return NotTaken;
        if (await AccountNonces.FindAsync(source, account, token) is { IsBusy: true }) return Busy;
        var chainNext = await router.NextNonceAsync(account, token);
        // In this order: what the chain has mined of the service's is still under way by then, or settled.
        var found = await AccountNonces.FindAsync(source, account, token);
        if (found is { IsBusy: true }) return Busy;
        var next = found?.Next ?? 0;
        if (chainNext > (ulong)next && !await IsShownAsync(account, next, chainNext, token)) return Doubted;
        if (found is null || chainNext > (ulong)next) await AccountNonces.SeeAsync(source, account, chainNext, token);
        if (held is not { } before || before >= Math.Max(next, (long)chainNext)) return held is null;
        return await AccountNonces.IsDecidedAsync(source, account, before, token) ? true : new OrderError.NotExecutable("nonce_used_elsewhere", "the account's nonce was used by a transaction that is none of this service's");
    }

    private async Task<bool> IsShownAsync(StacksAddress account, long next, ulong chainNext, CancellationToken token)
    {
        if (chainNext <= long.MaxValue && await router.IsNonceShownAsync(account, chainNext - 1, token)) return true;
        telemetry.NonceDoubted(account.ToString(), next, chainNext);
        return false;
    }
}
