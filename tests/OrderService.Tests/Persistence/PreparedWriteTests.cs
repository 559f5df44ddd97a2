using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Transactions;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Persistence;

/// <summary>What the executors write by hand is what EF reads back, and all of it or nothing.</summary>
public sealed class PreparedWriteTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task What_broadcasting_and_queueing_changed_is_read_back_as_it_was()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var (claims, orders) = await ClaimedAsync(world, 3);
        await using var connection = await world.Get<SweepSource>().OpenAsync(default);
        var before = await NextNoncesAsync(database);
        var held = new ClaimLock(claims);
        // room for two of the three
        var taken = await NonceLedger.BeginAsync(connection, new PauseLock(), held, new GroupLock([]), new HoldLock([]), AccountLock.None,
            FeeLock.None, world.Router.Payers, 0, 2, default);
        var nonces = new[] { taken.Take(default), taken.Take(default) }.Select(one => one!.Value).ToList();
        taken.Take(default).ShouldBeNull();
        held.Held.ShouldBe(claims, ignoreOrder: true);
        held.Lost.ShouldBeEmpty();
        var (swap, spend, queued) = (Of(claims[0]), Of(claims[1]), Of(claims[2]));
        var write = new PreparedWrite(world.Get<StoredBytes>());
        var attempts = new[]
        {
            swap.Broadcast(AttemptKind.Swap, Bytes('a', nonces[0]), new TokenAmount(UInt128.MaxValue), new TokenAmount(7),
                world.Time.GetUtcNow(), isProtected: false),
            spend.Broadcast(AttemptKind.Spend, Bytes('b', nonces[1]), null, null, world.Time.GetUtcNow()),
        };
        write.Add(swap, attempts[0]);
        write.Add(spend, attempts[1]);
        queued.Queue();
        write.Add(queued);
        await write.CommitAsync(connection, new GroupLock([]), new HoldLock([]), taken, default);

        await using var db = await world.Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
        foreach (var order in orders.Values)
            Text(await db.Slices.AsNoTracking().SingleAsync(s => s.OrderId == order.Id)).ShouldBe(Text(order.Find(1)));
        foreach (var attempt in attempts)
        {
            attempt.Id.ShouldBeGreaterThan(0);
            var stored = await db.Attempts.AsNoTracking().SingleAsync(a => a.Id == attempt.Id);
            stored.Raw.ShouldNotBe(attempt.Raw); // sealed: they hold the intent, and were not sent yet
            stored.Open(world.Get<StoredBytes>().Open(stored.Raw, stored.TxId));
            Text(stored).ShouldBe(Text(attempt));
        }
        var told = await db.Events.AsNoTracking().Where(e => e.OrderId == claims[0].OrderId && e.Kind == OrderEventKinds.Broadcast)
            .SingleAsync();
        (told.SliceNumber, told.At).ShouldBe((1, world.Time.GetUtcNow()));
        JsonDocument.Parse(told.Detail!).RootElement.GetProperty("txid").GetString().ShouldBe(attempts[0].TxId);
        JsonDocument.Parse(told.Detail!).RootElement.GetProperty("isProtected").GetBoolean().ShouldBeFalse();
        (await NextNoncesAsync(database)).Sum().ShouldBe(before.Sum() + 2);

        SliceOfOrder Of(ClaimedSlice claim) => new(orders[claim.OrderId], 1);
    }

    [Fact]
    public async Task A_claim_that_was_lost_is_told_with_the_transaction_of_its_slice()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var (claims, _) = await ClaimedAsync(world, 2);
        var stale = claims[0] with { ClaimId = Guid.NewGuid() };
        await using var connection = await world.Get<SweepSource>().OpenAsync(default);
        var held = new ClaimLock([stale, claims[1]]);
        var taken = await NonceLedger.BeginAsync(connection, new PauseLock(), held, new GroupLock([]), new HoldLock([]), AccountLock.None,
            FeeLock.None, world.Router.Payers, 0, world.Router.InFlightMax, default);
        held.Held.ShouldBe([claims[1]]);
        held.Lost.ShouldBe([new(stale, null)]);
        taken.IsEmpty.ShouldBeFalse();
    }

    [Fact]
    public async Task What_cannot_be_written_whole_is_not_written_at_all()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var (claims, orders) = await ClaimedAsync(world, 2);
        var before = await NextNoncesAsync(database);
        await using (var connection = await world.Get<SweepSource>().OpenAsync(default))
        {
            var taken = await NonceLedger.BeginAsync(connection, new PauseLock(), new ClaimLock(claims), new GroupLock([]),
                new HoldLock([]), AccountLock.None, FeeLock.None, world.Router.Payers, 0, world.Router.InFlightMax, default);
            var nonce = taken.Take(default)!.Value;
            var write = new PreparedWrite(world.Get<StoredBytes>());
            // Two live transactions of one nonce: the store refuses the second.
            foreach (var (claim, digit) in claims.Zip("cd"))
            {
                var of = new SliceOfOrder(orders[claim.OrderId], 1);
                write.Add(of, of.Broadcast(AttemptKind.Swap, Bytes(digit, nonce), null, null, world.Time.GetUtcNow()));
            }
            (await Should.ThrowAsync<PostgresException>(() =>
                write.CommitAsync(connection, new GroupLock([]), new HoldLock([]), taken,
                    default))).SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
        }
        await using var db = await world.Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
        var ids = claims.Select(claim => claim.OrderId).ToArray();
        (await db.Slices.AsNoTracking().Where(s => ids.Contains(s.OrderId)).Select(s => s.Status)
            .ToListAsync()).ShouldAllBe(status => status == SliceStatus.Executing);
        (await db.Attempts.AsNoTracking().CountAsync(a => ids.Contains(a.OrderId))).ShouldBe(0);
        (await NextNoncesAsync(database)).ShouldBe(before);
        await using var again = await world.Get<SweepSource>().OpenAsync(default); // the same one, out of its transaction
        await using var ask = new NpgsqlCommand("SELECT pg_current_xact_id_if_assigned() IS NULL", again);
        (await ask.ExecuteScalarAsync()).ShouldBe(true);
    }

    private static async Task<(ClaimedSlice[] Claims, Dictionary<Guid, Order> Orders)> ClaimedAsync(EngineWorld world, int count)
    {
        for (var i = 0; i < count; i++) await world.CreateAsync(world.Terms());
        await world.SweepAsync();
        await using var connection = await world.Get<SweepSource>().OpenAsync(default);
        var claims = (await Book.TakeAsync(connection, count, world.Time.GetUtcNow() + TimeSpan.FromMinutes(1), world.Router.Payers,
            world.Router.InFlightMax, default)).ToArray();
        claims.Length.ShouldBe(count);
        await using var db = await world.Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
        var ids = claims.Select(claim => claim.OrderId).ToArray();
        return (claims, await db.Orders.AsNoTracking().Include(o => o.Slices).Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id));
    }

    private static PreparedTransaction Bytes(char digit, AccountNonce at) =>
        new(new string(digit, 64), [1, 2, (byte)digit], at.Solver, at.Nonce, new TokenAmount(180));

    private static string Text<T>(T row) =>
        string.Join('\n',
            typeof(T).GetProperties()
                .Select(p => $"{p.Name} {(p.GetValue(row) is byte[] bytes ? Convert.ToHexString(bytes) : p.GetValue(row))}"));

    private static async Task<long[]> NextNoncesAsync(DatabaseFixture database)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand("SELECT array_agg(next_nonce ORDER BY address) FROM solvers");
        return (long[])(await command.ExecuteScalarAsync())!;
    }
}
