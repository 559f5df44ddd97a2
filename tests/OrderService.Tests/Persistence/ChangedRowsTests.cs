using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Persistence;

/// <summary>Rows that are written by one statement for them all are those that EF would have written one by one.</summary>
public sealed class ChangedRowsTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private const string Ids =
        "ARRAY['id', 'order_id', 'uuid', 'intent_uuid', 'public_id', 'signature', 'claim_id', 'tx_id', 'nonce', 'solver', 'queue_place']";

    [Fact]
    public async Task Every_column_that_is_written_back_as_it_was_read_is_as_it_was()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        await LiveAsync(world);
        var before = await RowsAsync(database.ConnectionString, "to_jsonb(r)");
        await using var db = await world.Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Orders.Include(o => o.Slices).LoadAsync();
        await db.Outgoing.LoadAsync();
        var columns = 0;
        foreach (var entry in db.ChangeTracker.Entries())
        {
            foreach (var property in entry.Properties.Where(property => !property.Metadata.IsKey() && !property.Metadata.IsForeignKey()))
            {
                if (property.Metadata.Name == "Purpose") continue; // which kind of transaction it is never changes
                property.IsModified = true;
                columns++;
            }
        }
        columns.ShouldBeGreaterThan(500);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await ChangedRows.WriteAsync(db, default);
        db.ChangeTracker.Entries().ShouldAllBe(entry => entry.State == EntityState.Unchanged); // none was left to EF
        await transaction.CommitAsync();
        (await RowsAsync(database.ConnectionString, "to_jsonb(r)")).ShouldBe(before);
    }

    [Fact]
    public async Task Swaps_that_settle_together_leave_the_rows_of_those_that_settle_alone()
    {
        var lives = new List<string[]>();
        foreach (var batch in (string[])["64", "1"])
        {
            await using var own = await TestDatabase.CreateAsync();
            await using var world = await EngineWorld.StartAsync(own.ConnectionString, null, null, ("Execution:SettleBatchMax", batch));
            await LiveAsync(world);
            (await world.ScalarAsync("SELECT count(*) FROM outgoing_transactions WHERE is_final AND status = 'confirmed'")).ShouldBe(6);
            lives.Add(await RowsAsync(own.ConnectionString, $"to_jsonb(r) - {Ids}"));
        }
        lives[0].ShouldBe(lives[1]);
    }

    [Fact]
    public async Task A_row_that_is_gone_is_a_fault()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        await LiveAsync(world);
        await using var db = await world.Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var sent = await db.Outgoing.OrderByDescending(one => one.Id).Take(6).ToListAsync();
        foreach (var one in sent) db.Entry(one).Property(row => row.Status).IsModified = true;
        await db.Database.ExecuteSqlAsync($"DELETE FROM outgoing_transactions WHERE id = {sent[0].Id}");
        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => ChangedRows.WriteAsync(db, default));
    }

    // Six swaps that are sent together and settle in one block, which becomes final.
    private static async Task LiveAsync(EngineWorld world)
    {
        for (var i = 0; i < 6; i++) await world.CreateAsync(world.Terms() with { ValidTo = world.Time.GetUtcNow().AddHours(1) });
        await world.SweepAsync();
        await world.ExecuteAsync();
        await world.Get<SimulatedMiner>().MineAsync(default);
        while (await world.Get<SettleTransactions>().TickAsync(default) > 0) await world.Get<SimulatedMiner>().MineAsync(default);
    }

    private static async Task<string[]> RowsAsync(string connectionString, string row)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var rows = new List<string>();
        foreach (var table in (string[])["orders", "slices", "outgoing_transactions"])
        {
            await using var command = source.CreateCommand($"SELECT ({row})::text FROM {table} r ORDER BY 1");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) rows.Add($"{table} {reader.GetString(0)}");
        }
        return [.. rows];
    }
}
