using System.Text.Json.Nodes;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Crypto;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>What a wallet signs of an order's terms, in both versions of the domain.</summary>
public sealed class TermsVersionTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Version_2_covers_all_terms_and_version_1_is_refused_where_it_leaves_some_open()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var (plain, banded) = (world.Terms(), world.Terms() with { MaxDeviationBps = 300 });
        foreach (var (terms, version) in (List<(OrderTerms, int)>)[(plain, 1), (world.Terms(), 2), (banded, 2)])
        {
            (await PlaceAsync(world, terms, Over(world, terms, version))).Value.IsTermsBound.ShouldBeTrue();
        }
        var open = banded with { Uuid = OrderUuid.New() };
        var refused = (await PlaceAsync(world, open, Over(world, open, 1))).Error.ShouldBeOfType<OrderError.Field>();
        (refused.Name, refused.Code,
            refused.Message.Contains("version 2", StringComparison.Ordinal)).ShouldBe(("termsSignature", "invalid_terms_signature", true));
        (await PlaceAsync(world, open, Over(world, open with { MaxDeviationBps = 299 }, 2))).Error!.Code.ShouldBe(
            "invalid_terms_signature");
        (await PlaceAsync(world, plain with { Uuid = open.Uuid, AcceptsUnprotectedOutput = true },
            Over(world, plain with { Uuid = open.Uuid }, 2))).Error!.Code.ShouldBe("invalid_terms_signature");
    }

    [Fact]
    public async Task An_order_that_was_stored_with_version_1_and_a_band_is_swapped_and_one_whose_signed_band_was_changed_is_not()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var before = world.Terms();
        var old = (await PlaceAsync(world, before, Over(world, before, 1))).Value;
        var banded = world.Terms() with { MaxDeviationBps = 9_000 };
        var changed = (await PlaceAsync(world, banded, Over(world, banded, 2))).Value;
        await world.ScalarAsync($"WITH u AS (UPDATE orders SET max_deviation_bps = 9000, price_band_bps = 9000 WHERE id = '{old.Id}' RETURNING 1) SELECT count(*) FROM u");
        await world.ScalarAsync(
            $"WITH u AS (UPDATE orders SET price_band_bps = 10000 WHERE id = '{changed.Id}' RETURNING 1) SELECT count(*) FROM u");
        world.SetPrice(world.Get<PriceBoard>().PricedAs(world.Sell), Price.Parse("0.05"));
        world.SetPrice(world.Buy, Price.Parse("0.8"));
        await world.BeatAsync();
        (await world.ReadAsync(old)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await world.ReadAsync(changed)).Order.ShouldSatisfyAllConditions(o => o.Status.ShouldBe(OrderStatus.Failed),
            o => o.Slices[0].Reason.ShouldBe("invalid_terms_signature"), o => o.Slices[0].WasSent.ShouldBeFalse());
    }

    [Fact]
    public void The_bytes_that_the_document_prints_are_those_of_the_vector()
    {
        var vector = JsonNode.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "tests", "OrderService.Stacks.Tests", "Vectors", "terms.json")))!["terms"]![0]!;
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "charisma-api.md"));
        document.ShouldContain($"domain  = {(string)vector["domainConsensusHex"]!}\nmessage = {(string)vector["messageConsensusHex"]!}\nhash    = {(string)vector["hash"]!}\n");
    }

    private static Task<Result<Order>> PlaceAsync(EngineWorld world, OrderTerms terms, RecoverableSignature over) =>
        world.Get<PlaceOrder>().HandleAsync(NewOrder.Signed(terms, world.Sign(terms), over, "charisma", null), default);

    private static RecoverableSignature Over(EngineWorld world, OrderTerms terms, int version)
    {
        var hash = new byte[32];
        TermsSignatures.HashOf(terms, hash, version);
        return Secp256k1.Sign(hash, world.Key);
    }
}
