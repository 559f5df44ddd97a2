using System.Numerics;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Venues.Simulated;

/// <summary>
/// Pulls the pools to the believed prices, as the market's arbitrageurs would: an account of the simulator's trades with each pool that is
/// further from them than its fee, by the arithmetic and at the fee of everybody's swaps, so that no token is made or lost. Without a
/// believed price of both its tokens a pool stands still.
/// </summary>
internal sealed class Arbitrage(
    LedgerSource ledger, SimulatedWorld world, SimulatedReserves reserves, PriceBoard board, TimeProvider time)
{
    private sealed record Trade(Vault Vault, TokenId In, UInt128 AmountIn, TokenId Out, UInt128 AmountOut, Reserves After);

    private readonly List<(Vault Vault, Token A, Token B)> _pools =
        [.. world.Vaults.Values.Where(vault => vault.Kind == VaultKind.Pool)
            .Select(vault => (vault, world.Tokens[vault.TokenA], world.Tokens[vault.TokenB]))];

    private Dictionary<TokenId, Price> _seen = [];

    /// <summary>Trades where the believed prices have changed since the last call; returns the number of trades.</summary>
    public async Task<int> TickAsync(CancellationToken token)
    {
        var now = time.GetUtcNow();
        var prices = new Dictionary<TokenId, Price>();
        foreach (var listed in world.TokenList)
        {
            if (board.TryRead(listed.Id, now, out var believed)) prices[listed.Id] = believed.Usd;
        }
        if (prices.Count == _seen.Count && prices.All(price => _seen.TryGetValue(price.Key, out var before) && before == price.Value))
            return 0;
        var trades = await TradeAsync(prices, token);
        _seen = prices;
        return trades;
    }

    private async Task<int> TradeAsync(Dictionary<TokenId, Price> prices, CancellationToken token)
    {
        await using var connection = await ledger.OpenAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        await LedgerSql.LockAsync(connection, token);
        var held = await LedgerSql.ReadReservesAsync(ledger, connection, token);
        var funds = await FundsAsync(connection, token);
        var before = funds.ToDictionary();
        var trades = new List<Trade>();
        foreach (var (vault, a, b) in _pools)
        {
            if (!prices.TryGetValue(a.Id, out var ofA) || !prices.TryGetValue(b.Id, out var ofB)
                || !held.TryGetValue(vault.Id, out var pool))
            {
                continue;
            }
            if (TradeOf(vault, pool, BalancedA(pool, a, ofA, b, ofB), funds) is not { } trade) continue;
            funds[trade.In] -= trade.AmountIn;
            funds[trade.Out] = funds.GetValueOrDefault(trade.Out) + trade.AmountOut;
            trades.Add(trade);
        }
        if (trades.Count == 0) return 0;
        await WriteAsync(connection, trades, [.. funds.Where(one => one.Value != before.GetValueOrDefault(one.Key))], token);
        await transaction.CommitAsync(token);
        reserves.Invalidate();
        return trades.Count;
    }

    // Both sides of a pool are worth the same at a = √(a·b · price(b)·10^decimals(a) / (price(a)·10^decimals(b))): what is left of the
    // product of both.
    private static UInt128 BalancedA(Reserves pool, Token a, Price ofA, Token b, Price ofB)
    {
        var square = (BigInteger)pool.A * pool.B * ofB.Count * BigInteger.Pow(10,
            a.Decimals) / ((BigInteger)ofA.Count * BigInteger.Pow(10, b.Decimals));
        return (UInt128)BigInteger.Min(Root(square), UInt128.MaxValue);
    }

    // What it takes to bring the pool there, as far as the funds go; null within the fee, where nobody would trade.
    private static Trade? TradeOf(Vault vault, Reserves pool, UInt128 balancedA, Dictionary<TokenId, UInt128> funds)
    {
        var sellsA = balancedA > pool.A;
        var (heldIn, heldOut) = sellsA ? (pool.A, pool.B) : (pool.B, pool.A);
        var balanced = sellsA ? balancedA : Wide.MulDivFloor(pool.A, pool.B, UInt128.Max(balancedA, 1)) ?? UInt128.MaxValue;
        if (balanced <= heldIn || heldOut <= 1) return null;
        var (sold, bought) = sellsA ? (vault.TokenA, vault.TokenB) : (vault.TokenB, vault.TokenA);
        var amountIn = UInt128.Min(balanced - heldIn, funds.GetValueOrDefault(sold));
        if (amountIn == 0 || (BigInteger)amountIn * VaultArithmetic.Million <= (BigInteger)heldIn * vault.FeePpm) return null;
        if (vault.Run(vault.OpcodeSelling(sold), pool, amountIn) is not { } ran
            || ran.AmountOut > UInt128.MaxValue - funds.GetValueOrDefault(bought))
        {
            return null;
        }
        return new Trade(vault, sold, amountIn, bought, ran.AmountOut, ran.After);
    }

    private async Task<Dictionary<TokenId, UInt128>> FundsAsync(NpgsqlConnection connection, CancellationToken token)
    {
        await using var command = ledger.Command("SELECT token, balance FROM simulator.accounts WHERE address = $1", connection);
        await using var reader = await command.With(world.Arbitrageur.ToString()).ExecuteReaderAsync(token);
        var funds = new Dictionary<TokenId, UInt128>();
        while (await reader.ReadAsync(token)) funds[TokenId.Parse(reader.GetString(0))] = reader.Units(1);
        return funds;
    }

    private async Task WriteAsync(
        NpgsqlConnection connection, List<Trade> trades, List<KeyValuePair<TokenId, UInt128>> funds, CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(connection);
        var pools = ledger.Part("UPDATE simulator.pools p SET reserve_a = moved.a, reserve_b = moved.b FROM unnest($1, $2, $3) AS moved (id, a, b) WHERE p.id = moved.id");
        pools.WithMany(trades, one => one.Vault.Id.ToString()).WithManyUnits(trades, one => new TokenAmount(one.After.A))
            .WithManyUnits(trades, one => new TokenAmount(one.After.B));
        var accounts = ledger.Part(
            """
            INSERT INTO simulator.accounts (address, token, balance) SELECT $1, * FROM unnest($2, $3)
            ON CONFLICT (address, token) DO UPDATE SET balance = excluded.balance
            """);
        accounts.With(world.Arbitrageur.ToString()).WithMany(funds, one => one.Key.ToString())
            .WithManyUnits(funds, one => new TokenAmount(one.Value));
        batch.BatchCommands.Add(pools);
        batch.BatchCommands.Add(accounts);
        await batch.ExecuteNonQueryAsync(token);
    }

    // ⌊√square⌋ by Newton's steps from above.
    private static BigInteger Root(BigInteger square)
    {
        if (square < 2) return square;
        var root = BigInteger.One << (int)((square.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (root + square / root) >> 1;
            if (next >= root) return root;
            root = next;
        }
    }
}
