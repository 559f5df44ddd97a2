using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Clock;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Accounts;

/// <summary>
/// What holders were last seen to have: one question for a holder and token, whoever asks and however many wait for the answer, and so many
/// questions a minute. A balance is only a hint until the hold under its lock has decided over it.
/// </summary>
internal sealed class SeenBalances(VenueBalances venue, NpgsqlDataSource source, IOptions<AccountsOptions> options, TimeProvider time)
{
    private const int KeptMax = 50_000;

    // How long an answer that was too little stands before it is asked for again.
    private static readonly TimeSpan TooLittleAge = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<HoldKey, Task<Result<SeenBalance>>> _asking = new();
    private readonly ConcurrentDictionary<HoldKey, SeenBalance> _kept = new();
    private readonly Lock _counting = new();
    private DateTimeOffset _minute;
    private int _asked;

    /// <summary>Questions that were asked of the venue since the start.</summary>
    public long AskedTotal { get; private set; }

    /// <summary>
    /// The balance as last seen, asked for again where that is too old, or too little for the amount. A question that is asked
    /// <paramref name="again"/>, of a holder who had too little before, leaves half of the minute's to others.
    /// </summary>
    public async Task<Result<SeenBalance>> OfAsync(HoldKey key, TokenAmount amount, bool again, CancellationToken token)
    {
        var age = _kept.TryGetValue(key, out var kept) ? time.RealNow() - kept.At : TimeSpan.MaxValue;
        if (kept is not null && age < (kept.Balance >= amount ? options.Value.BalanceMaxAge : TooLittleAge)) return kept;
        if (_asking.TryGetValue(key, out var underWay)) return await underWay.WaitAsync(token);
        if (!MayAsk(again ? options.Value.BalanceReadsPerMinute / 2 : options.Value.BalanceReadsPerMinute))
        {
            return new OrderError.Unavailable("balance_unread", "The venue was asked for as many balances as it may be in this minute",
                TimeSpan.FromSeconds(30));
        }
        // Others may wait for this answer: whoever asked first and goes away takes it from nobody.
        var asking = AskAsync(key, CancellationToken.None);
        _asking[key] = asking;
        try
        {
            return await asking.WaitAsync(token);
        }
        finally
        {
            _asking.TryRemove(new KeyValuePair<HoldKey, Task<Result<SeenBalance>>>(key, asking));
        }
    }

    /// <summary>What was seen is of before a swap that has been settled since: it is asked for anew.</summary>
    public void Forget(HoldKey key) => _kept.TryRemove(key, out _);

    private async Task<Result<SeenBalance>> AskAsync(HoldKey key, CancellationToken token)
    {
        // In this order: what is swapped between the two is taken off a balance that it may have left already, never the other way.
        var spent = await HoldLedger.SpentAsync(source, key, token);
        if ((await venue.ReadAsync(key.Holder, [key.Token], token)).IsRejected(out var why, out var balances)) return why;
        var seen = new SeenBalance(balances[key.Token], spent, time.RealNow());
        if (_kept.Count >= KeptMax) _kept.Clear();
        _kept[key] = seen;
        return seen;
    }

    private bool MayAsk(int most)
    {
        lock (_counting)
        {
            var now = time.RealNow();
            if (now - _minute >= TimeSpan.FromMinutes(1)) (_minute, _asked) = (now, 0);
            if (_asked >= most) return false;
            _asked++;
            AskedTotal++;
            return true;
        }
    }
}
