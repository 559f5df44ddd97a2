using System.Numerics;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Persistence;

namespace OrderService.Venues.Simulated;

/// <summary>The play chain's own swaps, minute by minute: all that its market is.</summary>
internal sealed class SimulatedVolumeSource(LedgerSource ledger) : IVolumeSource
{
    public async Task<IReadOnlyList<MinuteVolume>> FetchAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken token)
    {
        await using var command = ledger.Command("""
            SELECT date_trunc('minute', b.mined_at), s.token_in, s.token_out, least(sum(s.amount_in), 340282366920938463463374607431768211455), least(sum(s.amount_out), 340282366920938463463374607431768211455)
            FROM simulator.blocks b JOIN simulator.swaps s ON s.block_height = b.height
            WHERE b.mined_at >= $1 AND b.mined_at < $2
            GROUP BY 1, 2, 3
            """);
        command.Add(from.UtcDateTime);
        command.Add(to.UtcDateTime);
        await using var reader = await command.ExecuteReaderAsync(token);
        var traded = new List<MinuteVolume>();
        while (await reader.ReadAsync(token))
        {
            var (sold, bought, minute) = (TokenId.Parse(reader.GetString(1)), TokenId.Parse(reader.GetString(2)),
                reader.GetFieldValue<DateTimeOffset>(0));
            var (amountIn, amountOut) = (Units(reader, 3), Units(reader, 4));
            traded.Add(new MinuteVolume(sold, bought, minute, amountIn, amountOut));
            traded.Add(new MinuteVolume(bought, sold, minute, amountOut, amountIn));
        }
        return traded;
    }

    private static TokenAmount Units(NpgsqlDataReader reader, int column) => new((UInt128)reader.GetFieldValue<BigInteger>(column));
}
