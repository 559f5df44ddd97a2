using System.Numerics;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Simulated;

/// <summary>What may be asked of the ledger from outside a block: its first funds, the faucet, pinned prices, balances.</summary>
internal sealed class SimulatedLedger(LedgerSource ledger, SimulatedWorld world, SimulatedOptions options, TimeProvider time)
{
    private static readonly UInt128 SolverFunds = UInt128.CreateChecked(1_000_000_000_000_000_000);

    // More than any pool of the built-in world holds a thousand times over.
    private const long ArbitrageUsd = 1_000_000_000_000;

    /// <summary>
    /// Gives the pools, the solvers, the arbitrageur and the demo account what they start with. Each of them once, however often and in
    /// however many processes it runs.
    /// </summary>
    public async Task InitialiseAsync(CancellationToken token)
    {
        await using var connection = await ledger.OpenAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        await LedgerSql.LockAsync(connection, token);
        foreach (var (id, reserves) in world.FirstReserves) await SeedPoolAsync(connection, world.Vaults[id], reserves, token);
        foreach (var solver in world.Solvers)
        {
            await using var nonce =
                ledger.Command("INSERT INTO simulator.nonces (address, next_nonce) VALUES ($1, 0) ON CONFLICT DO NOTHING", connection);
            await nonce.With(solver.ToString()).ExecuteNonQueryAsync(token);
            await SeedAccountAsync(connection, solver, TokenId.Stx, SolverFunds, token);
        }
        foreach (var listed in world.TokenList)
            await SeedAccountAsync(connection, world.Arbitrageur, listed.Id, world.UnitsOf(listed, ArbitrageUsd).Units, token);
        if (world.Demo is { } demo)
        {
            foreach (var subnet in world.TokenList.Where(listed => listed.Type == TokenType.Subnet))
                await SeedAccountAsync(connection, demo, subnet.Id, world.UnitsOf(subnet, options.DemoUsd).Units, token);
        }
        await transaction.CommitAsync(token);
    }

    /// <summary>Gives an account more of a token and answers its balance, which stops at 2^128-1.</summary>
    public async Task<TokenAmount> FundAsync(Principal account, TokenId of, TokenAmount amount, CancellationToken token)
    {
        await using var connection = await ledger.OpenAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        await LedgerSql.LockAsync(connection, token);
        await using var command = ledger.Command(
            """
            INSERT INTO simulator.accounts AS held (address, token, balance) VALUES ($1, $2, $3)
            ON CONFLICT (address, token) DO UPDATE SET balance = least(held.balance + excluded.balance, 340282366920938463463374607431768211455)
            RETURNING balance
            """, connection);
        command.With(account.ToString()).With(of.ToString()).WithUnits(amount.Units);
        var balance = await ReadUnitsAsync(command, token);
        await transaction.CommitAsync(token);
        return new TokenAmount(balance);
    }

    /// <summary>What an account holds, by token.</summary>
    public async Task<IReadOnlyDictionary<TokenId, TokenAmount>> BalancesAsync(Principal account, CancellationToken token)
    {
        await using var command =
            ledger.Command("SELECT token, balance FROM simulator.accounts WHERE address = $1 ORDER BY token");
        await using var reader = await command.With(account.ToString()).ExecuteReaderAsync(token);
        var balances = new Dictionary<TokenId, TokenAmount>();
        while (await reader.ReadAsync(token)) balances[TokenId.Parse(reader.GetString(0))] = new TokenAmount(reader.Units(1));
        return balances;
    }

    /// <summary>Puts a price in the place of the walk.</summary>
    public async Task PinAsync(TokenId of, Price usd, CancellationToken token)
    {
        await using var command = ledger.Command(
            """
            INSERT INTO simulator.pinned_prices (token, usd, pinned_at) VALUES ($1, $2, $3)
            ON CONFLICT (token) DO UPDATE SET usd = excluded.usd, pinned_at = excluded.pinned_at
            """);
        await command.With(of.ToString()).WithUnits(usd.Count).With(time.GetUtcNow().UtcDateTime).ExecuteNonQueryAsync(token);
    }

    /// <summary>Gives the price back to the walk.</summary>
    public async Task UnpinAsync(TokenId of, CancellationToken token)
    {
        await using var command = ledger.Command("DELETE FROM simulator.pinned_prices WHERE token = $1");
        await command.With(of.ToString()).ExecuteNonQueryAsync(token);
    }

    /// <summary>Every pinned price.</summary>
    public async Task<IReadOnlyDictionary<TokenId, Price>> PinnedAsync(CancellationToken token)
    {
        await using var command = ledger.Command("SELECT token, usd FROM simulator.pinned_prices");
        await using var reader = await command.ExecuteReaderAsync(token);
        var pinned = new Dictionary<TokenId, Price>();
        while (await reader.ReadAsync(token)) pinned[TokenId.Parse(reader.GetString(0))] = new Price(reader.Units(1));
        return pinned;
    }

    private async Task SeedPoolAsync(NpgsqlConnection connection, Vault vault, Reserves reserves, CancellationToken token)
    {
        await using var command = ledger.Command(
            "INSERT INTO simulator.pools (id, token_a, token_b, reserve_a, reserve_b) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            connection);
        command.With(vault.Id.ToString()).With(vault.TokenA.ToString()).With(vault.TokenB.ToString()).WithUnits(reserves.A)
            .WithUnits(reserves.B);
        await command.ExecuteNonQueryAsync(token);
    }

    // A row that is there was funded before, and is never removed: nobody is funded twice.
    private async Task SeedAccountAsync(
        NpgsqlConnection connection, StacksAddress account, TokenId of, UInt128 units, CancellationToken token)
    {
        await using var command = ledger.Command(
            "INSERT INTO simulator.accounts (address, token, balance) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", connection);
        await command.With(account.ToString()).With(of.ToString()).WithUnits(units).ExecuteNonQueryAsync(token);
    }

    private static async Task<UInt128> ReadUnitsAsync(NpgsqlCommand command, CancellationToken token)
    {
        await using var reader = await command.ExecuteReaderAsync(token);
        await reader.ReadAsync(token);
        return (UInt128)reader.GetFieldValue<BigInteger>(0);
    }
}
