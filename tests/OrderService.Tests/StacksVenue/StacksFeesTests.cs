using System.Globalization;
using Microsoft.AspNetCore.Http;
using OrderService.Domain.Amounts;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Transactions;
using OrderService.Tests.Charisma;
using OrderService.Tests.Engine;
using OrderService.Venues.Stacks;
using OrderService.Venues.Stacks.Node;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// What a transaction pays: a share of the node's middle estimate, never less than the floor, never more than the cap, and never a reason
/// to wait.
/// </summary>
public sealed class StacksFeesTests
{
    private static readonly UnsignedTransaction Sample =
        new(StacksNetwork.Testnet, 0, 1, new TransactionPayload.ContractCall(CallSamples.Contract("x-multihop-rc9"), "x-swap-1", []), []);

    private readonly ManualTime _time = new(Samples.Start);
    private readonly StacksOptions _options = new()
    {
        FeeMin = 1_000, FeeMax = 10_000, FeePercent = 110, FeeRaisePercent = 25, FeeMaxAge = TimeSpan.FromSeconds(15),
    };

    [Theory]
    [InlineData(2_000ul, 2_200ul)]
    [InlineData(2_001ul, 2_201ul)]
    [InlineData(1ul, 1_000ul)]
    [InlineData(9_091ul, 10_000ul)]
    [InlineData(1_000_000ul, 10_000ul)]
    [InlineData(ulong.MaxValue, 10_000ul)]
    public async Task The_estimate_is_taken_within_bounds(ulong estimate, ulong fee)
    {
        await using var node = await FakeNode.StartAsync(200, Estimate(estimate));
        (await AskAsync(Fees(node))).ShouldBe(fee);
    }

    [Fact]
    public async Task Without_an_estimate_the_least_is_paid()
    {
        await using var none =
            await FakeNode.StartAsync(400, """{"error":"Estimation could not be performed","reason":"NoEstimateAvailable"}""");
        (await AskAsync(Fees(none))).ShouldBe(1_000ul);
        await using var empty = await FakeNode.StartAsync(200, """{"estimations":[]}""");
        (await AskAsync(Fees(empty))).ShouldBe(1_000ul);
    }

    [Fact]
    public async Task An_estimate_holds_for_its_time_and_an_outage_keeps_the_last()
    {
        var (status, estimate, asked) = (200, 2_000ul, 0);
        await using var node = await FakeNode.StartAsync(context =>
        {
            asked++;
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(Estimate(estimate));
        });
        var fees = Fees(node);
        (await AskAsync(fees)).ShouldBe(2_200ul);
        estimate = 4_000;
        _time.Advance(TimeSpan.FromSeconds(14));
        (await AskAsync(fees)).ShouldBe(2_200ul);
        asked.ShouldBe(1);

        (status, estimate) = (503, 4_000);
        _time.Advance(TimeSpan.FromSeconds(2));
        (await AskAsync(fees)).ShouldBe(2_200ul);
        asked.ShouldBe(2);
        (await AskAsync(fees)).ShouldBe(2_200ul); // and is not asked again at once
        asked.ShouldBe(2);

        status = 200;
        _time.Advance(TimeSpan.FromSeconds(16));
        (await AskAsync(fees)).ShouldBe(4_400ul);
        (await AskAsync(fees, "x-swap-2")).ShouldBe(4_400ul);
        asked.ShouldBe(4); // another function costs something else
    }

    [Fact]
    public async Task An_outage_before_any_estimate_pays_the_least()
    {
        await using var node = await FakeNode.StartAsync(500, "");
        var fees = Fees(node);
        fees.Brisk.ShouldBe(new TokenAmount(1_000));
        (await AskAsync(fees)).ShouldBe(1_000ul);
    }

    [Fact]
    public async Task A_fee_rises_step_by_step_to_the_cap_and_no_further()
    {
        await using var node = await FakeNode.StartAsync(200, Estimate(1));
        var fees = Fees(node);
        var steps = new List<UInt128>();
        for (var fee = fees.Above(new TokenAmount(5_000)); fee is { } next; fee = fees.Above(next)) steps.Add(next.Units);
        steps.ShouldBe([(UInt128)6_250, 7_812, 9_765, 10_000]);
        fees.Above(new TokenAmount(10_001)).ShouldBeNull();
        fees.Above(new TokenAmount(0)).ShouldBe(new TokenAmount(1_000));
    }

    [Fact]
    public async Task Even_the_smallest_raise_is_one()
    {
        _options.FeeMin = 1;
        _options.FeeRaisePercent = 1;
        await using var node = await FakeNode.StartAsync(200, Estimate(1));
        Fees(node).Above(new TokenAmount(3)).ShouldBe(new TokenAmount(4));
    }

    [Fact]
    public async Task What_must_not_wait_pays_the_most_that_any_call_pays()
    {
        await using var node = await FakeNode.StartAsync(200, Estimate(3_000));
        var fees = Fees(node);
        await AskAsync(fees);
        fees.Brisk.ShouldBe(new TokenAmount(3_300));
    }

    private static string Estimate(ulong middle) =>
        $$"""{"estimations":[{"fee_rate":1,"fee":1},{"fee_rate":2,"fee":{{middle.ToString(CultureInfo.InvariantCulture)}}},{"fee_rate":4,"fee":18446744073709551615}]}""";

    private StacksFees Fees(FakeNode node) => new(new StacksNodes([node.Node]), _options, _time);

    private static async Task<ulong> AskAsync(StacksFees fees, string function = "x-swap-1") =>
        (ulong)(await fees.OfAsync(function, () => Sample.Sign(Samples.Key), CancellationToken.None)).Units;
}
