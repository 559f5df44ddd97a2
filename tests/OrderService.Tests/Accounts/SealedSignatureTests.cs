using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Orders;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Accounts;

/// <summary>What the store has of a wallet's signatures: nothing in clear, and nothing longer than it can be needed.</summary>
public sealed class SealedSignatureTests : IAsyncLifetime
{
    private static readonly MasterKey Master = MasterKey.Parse(new string('5', 64))!;

    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task S5_A_stored_signature_is_sealed_for_its_order_and_opens_for_nothing_else()
    {
        await using var world = await EngineWorld.StartAsync(_database.ConnectionString);
        var terms = world.Terms(SliceTrigger.Manual);
        var (order, other) = (await world.CreateAsync(terms), await world.CreateAsync(world.Terms(SliceTrigger.Manual)));
        var (stored, foreign) = ((await world.ReadAsync(order)).Order.SealedSignature!,
            (await world.ReadAsync(other)).Order.SealedSignature!);
        Convert.ToHexStringLower(stored).ShouldNotContain(world.Sign(terms).ToRsvHex()[..16]);
        SignatureSeal.Open(stored, order.Id, isOfTerms: false, Master).ShouldBe(Convert.FromHexString(world.Sign(terms).ToRsvHex()));
        SignatureSeal.Open(stored, other.Id, isOfTerms: false, Master).ShouldBeNull();
        SignatureSeal.Open(stored, order.Id, isOfTerms: true, Master).ShouldBeNull();
        SignatureSeal.Open(stored, order.Id, isOfTerms: false, MasterKey.Generate()).ShouldBeNull();
        for (var i = 0; i < stored.Length; i++)
        {
            stored[i] ^= 1;
            SignatureSeal.Open(stored, order.Id, isOfTerms: false, Master).ShouldBeNull($"byte {i}");
            stored[i] ^= 1;
        }
        foreign.ShouldNotBe(stored);
    }

    [Fact]
    public async Task S5_A_cancel_that_answered_leaves_no_signature()
    {
        await using var world = await EngineWorld.StartAsync(_database.ConnectionString);
        var order = await world.CreateAsync(world.Terms(SliceTrigger.Manual));
        (await KeptAsync(world)).ShouldBe(1);
        (await world.Get<CancelOrder>().HandleAsync(order.Terms.Uuid, new Caller(world.Owner, null, null), default)).Error.ShouldBeNull();
        (await KeptAsync(world)).ShouldBe(0);
    }

    [Fact]
    public async Task S5_An_order_that_expired_has_no_signature()
    {
        await using var world = await EngineWorld.StartAsync(_database.ConnectionString);
        await world.CreateAsync(world.Terms(SliceTrigger.Manual) with { ValidTo = world.Time.GetUtcNow().AddMinutes(1) });
        world.Time.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < 5; i++) await world.BeatAsync();
        (await world.ScalarAsync("SELECT count(*) FROM orders WHERE status = 'expired'")).ShouldBe(1);
        (await KeptAsync(world)).ShouldBe(0);
    }

    [Fact]
    public async Task S5_A_swap_keeps_its_signature_until_its_uuid_is_spent_for_good()
    {
        await using var world = await EngineWorld.StartAsync(_database.ConnectionString);
        var order = await world.CreateAsync(world.Terms());
        for (var i = 0; i < 30 && await world.ScalarAsync("SELECT count(*) FROM attempts WHERE is_final") == 0; i++)
        {
            (await KeptAsync(world)).ShouldBe(1);
            await world.BeatAsync();
        }
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await KeptAsync(world)).ShouldBe(0);
    }

    [Fact]
    public async Task S5_What_an_older_version_stored_in_clear_is_sealed_by_the_first_start()
    {
        await using var world = await EngineWorld.StartAsync(_database.ConnectionString);
        var terms = world.Terms();
        var order = await world.CreateAsync(terms);
        await world.ScalarAsync($"WITH u AS (UPDATE orders SET signature = decode('{world.Sign(terms).ToRsvHex()}', 'hex') RETURNING 1), m AS (UPDATE master_key SET orders_sealed = false) SELECT count(*) FROM u");
        await using var later = await EngineWorld.StartAsync(_database.ConnectionString, time: world.Time);
        SignatureSeal.Open((await later.ReadAsync(order)).Order.SealedSignature!, order.Id, isOfTerms: false, Master)
            .ShouldBe(Convert.FromHexString(later.Sign(terms).ToRsvHex()));
        for (var i = 0; i < 30 && (await later.ReadAsync(order)).Order.Status == OrderStatus.Open; i++) await later.BeatAsync();
        (await later.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task S5_A_rotation_seals_the_orders_anew_and_changes_nothing_where_one_was_tampered_with()
    {
        var next = MasterKey.Generate();
        await using var world = await EngineWorld.StartAsync(_database.ConnectionString);
        var terms = world.Terms(SliceTrigger.Manual);
        var order = await world.CreateAsync(terms);
        var rotate = new RotateMasterKey(world.Get<IDbContextFactory<OrdersDb>>(), world.Time);
        (await rotate.HandleAsync(Master, next, default)).ShouldBe(1);
        SignatureSeal.Open((await world.ReadAsync(order)).Order.SealedSignature!, order.Id, isOfTerms: false, next)
            .ShouldBe(Convert.FromHexString(world.Sign(terms).ToRsvHex()));
        // A process that still has the old key waits: it swaps nothing and ends nothing.
        (await world.Get<ExecuteOrder>()
            .HandleAsync(terms.Uuid, new Caller(world.Owner, null, null), default)).Error!.Code.ShouldBe("master_key_rotated");
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Open);
        await world.ScalarAsync("WITH u AS (UPDATE orders SET signature = set_byte(signature, 50, get_byte(signature, 50) # 1) RETURNING 1) SELECT count(*) FROM u");
        (await Should.ThrowAsync<MasterKeyException>(() => rotate.HandleAsync(next, Master, default))).Message.ShouldContain(
            order.Id.ToString());
    }

    [Fact]
    public async Task S5_Bytes_that_were_not_sent_yet_do_not_show_the_intent()
    {
        await using var world = await EngineWorld.StartAsync(_database.ConnectionString);
        var terms = world.Terms();
        await world.CreateAsync(terms);
        await world.SweepAsync();
        await world.ExecuteAsync(); // once it is final, its bytes are gone
        // The play chain's bytes are text, with the signature in it.
        (await world.ScalarAsync("SELECT count(*) FROM attempts")).ShouldBe(1);
        (await world.ScalarAsync($"SELECT count(*) FROM attempts WHERE position('\\x{Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(world.Sign(terms).ToRsvHex()[..32]))}'::bytea in raw) > 0")).ShouldBe(0);
        await using var db = await world.Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
        var attempt = await db.Attempts.AsNoTracking().SingleAsync();
        var raw = world.Get<StoredBytes>().Open(attempt.Raw, attempt.TxId);
        OrderService.Venues.Simulated.SimulatedCall.IdOf(raw).ShouldBe(attempt.TxId);
        world.Get<StoredBytes>().Open(attempt.Raw, new string('0', 64)).ShouldBe(attempt.Raw); // not for another row
    }

    private static Task<long> KeptAsync(EngineWorld world) => world.ScalarAsync("SELECT count(*) FROM orders WHERE signature IS NOT NULL");
}
