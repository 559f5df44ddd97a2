using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Simulated;

public sealed class LedgerTests : IAsyncLifetime
{
    private readonly PrivateKey key = PrivateKey.Generate();
    private TestDatabase database = null!;
    private PlayChain chain = null!;

    private StacksAddress Owner => key.PublicKey().ToAddress(chain.World.Network);

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        chain = await PlayChain.StartAsync(database.ConnectionString);
        await chain.FundAsync(Owner, "CHA-subnet", 10_000_000);
    }

    public async Task DisposeAsync()
    {
        await chain.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_swap_pays_its_quote_to_the_recipient_and_is_final_at_once()
    {
        await chain.FundAsync(Owner, "CHA-subnet", 10_000_000_000);
        var friend = PrivateKey.Generate().PublicKey().ToAddress(chain.World.Network);
        var quote = await chain.QuoteAsync("CHA-subnet", "STX", 10_000_000_000);
        var swap = await chain.SwapAsync(chain.Sign(key, "CHA-subnet", 10_000_000_000), "STX", 0, recipient: friend);
        (await chain.StatusAsync(swap)).ShouldBeOfType<TransactionStatus.Unknown>();
        await chain.AcceptAsync(swap);
        (await chain.StatusAsync(swap)).ShouldBeOfType<TransactionStatus.Pending>();
        (await chain.MineAsync())!.Height.ShouldBe(1);
        var success = (await chain.StatusAsync(swap)).ShouldBeOfType<TransactionStatus.Succeeded>();
        (success.AmountOut, success.BlockHeight, success.IsFinal).ShouldBe((quote.AmountOut, 1L, true));
        (await chain.BalanceAsync(friend, "STX")).ShouldBe(quote.AmountOut);
        (await chain.BalanceAsync(Owner, "CHA-subnet")).ShouldBe(new TokenAmount(10_000_000));
        (await chain.QuoteAsync("CHA-subnet", "STX", 10_000_000_000)).AmountOut.ShouldBeLessThan(quote.AmountOut);
        (await chain.Router.NextNonceAsync(chain.Solver, CancellationToken.None)).ShouldBe(1UL);
        (await chain.ScalarAsync<long>("SELECT count(*) FROM simulator.swaps")).ShouldBe(1);
    }

    [Fact]
    public async Task A_uuid_swaps_once_within_a_block_and_across_blocks()
    {
        var intent = chain.Sign(key, "CHA-subnet", 1_000);
        PreparedTransaction[] swaps = [await Swap(intent, 0), await Swap(intent, 1), await Swap(intent, 2)];
        await chain.AcceptAsync(swaps[0]);
        await chain.AcceptAsync(swaps[1]);
        await chain.MineAsync();
        await chain.AcceptAsync(swaps[2]);
        await chain.MineAsync();
        (await chain.StatusAsync(swaps[0])).ShouldBeOfType<TransactionStatus.Succeeded>();
        foreach (var second in swaps[1..])
            (await chain.StatusAsync(second)).ShouldBeOfType<TransactionStatus.Aborted>().UuidUsed.ShouldBeTrue();
        (await chain.ScalarAsync<long>("SELECT count(*) FROM simulator.swaps")).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_bytes_are_taken_again_before_and_after_their_block_and_do_nothing()
    {
        var swap = await Swap(chain.Sign(key, "CHA-subnet", 1_000), 0);
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => chain.SubmitAsync(swap))))
            answer.ShouldBeOfType<SubmitOutcome.Accepted>();
        (await chain.MineAsync())!.Outcomes.Count.ShouldBe(1);
        await chain.AcceptAsync(swap);
        (await chain.MineAsync()).ShouldBeNull();
        (await chain.StatusAsync(swap)).ShouldBeOfType<TransactionStatus.Succeeded>();
    }

    [Fact]
    public async Task Bytes_that_slip_into_the_mempool_after_their_block_are_thrown_away()
    {
        var swap = await Swap(chain.Sign(key, "CHA-subnet", 1_000), 0);
        await chain.AcceptAsync(swap);
        await chain.MineAsync();
        await using (var slip = chain.DataSource.CreateCommand("INSERT INTO simulator.mempool VALUES ($1, 0, $2, $3, 3000, now())"))
        {
            await slip.With(chain.Solver.ToString()).With(swap.TxId).With(swap.Raw).ExecuteNonQueryAsync();
        }
        (await chain.MineAsync()).ShouldBeNull();
        (await chain.StatusAsync(swap)).ShouldBeOfType<TransactionStatus.Succeeded>();
        (await chain.ScalarAsync<long>("SELECT count(*) FROM simulator.mempool")).ShouldBe(0);
    }

    [Fact]
    public async Task Nonces_are_mined_in_order_and_no_gap_is_jumped()
    {
        var swaps = new List<PreparedTransaction>();
        for (var nonce = 0; nonce < 4; nonce++) swaps.Add(await Swap(chain.Sign(key, "CHA-subnet", 1_000), nonce));
        await chain.AcceptAsync(swaps[3]);
        await chain.AcceptAsync(swaps[1]);
        (await chain.MineAsync()).ShouldBeNull();
        await chain.AcceptAsync(swaps[0]);
        (await chain.MineAsync())!.Outcomes.Select(outcome => outcome.Transaction.Nonce).ShouldBe([0L, 1L]);
        (await chain.StatusAsync(swaps[3])).ShouldBeOfType<TransactionStatus.Pending>();
        await chain.AcceptAsync(swaps[2]);
        (await chain.MineAsync())!.Outcomes.Select(outcome => outcome.Transaction.Nonce).ShouldBe([2L, 3L]);
    }

    [Fact]
    public async Task A_nonce_that_another_used_is_refused_and_its_bytes_count_as_replaced()
    {
        var (first, other) = (await Swap(chain.Sign(key, "CHA-subnet", 1_000), 0), await Swap(chain.Sign(key, "CHA-subnet", 2_000), 0));
        await chain.AcceptAsync(first);
        (await chain.SubmitAsync(other)).ShouldBe(new SubmitOutcome.Refused("ConflictingNonceInMempool", false));
        (await chain.StatusAsync(other)).ShouldBeOfType<TransactionStatus.Unknown>();
        await chain.MineAsync();
        (await chain.StatusAsync(other)).ShouldBeOfType<TransactionStatus.Unknown>();
        for (var i = 0; i < 2; i++) (await chain.SubmitAsync(other)).ShouldBe(new SubmitOutcome.Refused("BadNonce", false));
        (await chain.StatusAsync(other)).ShouldBeOfType<TransactionStatus.Replaced>();
        (await chain.StatusAsync(first)).ShouldBeOfType<TransactionStatus.Succeeded>();
    }

    [Fact]
    public async Task Too_little_balance_aborts_and_costs_only_the_fee()
    {
        var intent = chain.Sign(key, "CHA-subnet", 10_000_001);
        var swap = await Swap(intent, 0);
        var stx = await chain.BalanceAsync(chain.Solver, "STX");
        await chain.AcceptAsync(swap);
        await chain.MineAsync();
        var abort = (await chain.StatusAsync(swap)).ShouldBeOfType<TransactionStatus.Aborted>();
        (abort.Reason, abort.UuidUsed, abort.IsFinal).ShouldBe((AbortReasons.InsufficientBalance, false, true));
        (await chain.BalanceAsync(Owner, "CHA-subnet")).ShouldBe(new TokenAmount(10_000_000));
        (await chain.BalanceAsync(chain.Solver, "STX")).ShouldBe(stx - chain.World.Fee);
    }

    [Fact]
    public async Task Less_than_the_minimum_aborts_and_leaves_the_uuid_for_another_try()
    {
        var intent = chain.Sign(key, "CHA-subnet", 1_000_000);
        var greedy = await Swap(intent, 0, await OneMoreThanQuoted());
        await chain.AcceptAsync(greedy);
        await chain.MineAsync();
        var abort = (await chain.StatusAsync(greedy)).ShouldBeOfType<TransactionStatus.Aborted>();
        (abort.Reason, abort.UuidUsed).ShouldBe((AbortReasons.MinAmountOut, false));
        (await chain.ScalarAsync<long>("SELECT count(*) FROM simulator.used_uuids")).ShouldBe(0);
        var modest = await Swap(intent, 1);
        await chain.AcceptAsync(modest);
        await chain.MineAsync();
        (await chain.StatusAsync(modest)).ShouldBeOfType<TransactionStatus.Succeeded>();
    }

    [Fact]
    public async Task A_spent_uuid_cannot_be_swapped_and_a_swapped_one_not_spent()
    {
        var (spentIntent, swappedIntent) = (chain.Sign(key, "CHA-subnet", 1_000), chain.Sign(key, "CHA-subnet", 1_000));
        PreparedTransaction[] sent =
            [chain.Spend(spentIntent, 0), await Swap(spentIntent, 1), await Swap(swappedIntent, 2), chain.Spend(swappedIntent, 3)];
        foreach (var transaction in sent) await chain.AcceptAsync(transaction);
        await chain.MineAsync();
        (await chain.StatusAsync(sent[0])).ShouldBeOfType<TransactionStatus.Succeeded>().AmountOut.ShouldBe(TokenAmount.Zero);
        (await chain.StatusAsync(sent[1])).ShouldBeOfType<TransactionStatus.Aborted>().UuidUsed.ShouldBeTrue();
        (await chain.StatusAsync(sent[2])).ShouldBeOfType<TransactionStatus.Succeeded>();
        (await chain.StatusAsync(sent[3])).ShouldBeOfType<TransactionStatus.Aborted>().UuidUsed.ShouldBeTrue();
        (await chain.BalanceAsync(Owner, "CHA-subnet")).ShouldBe(new TokenAmount(9_999_000));
    }

    [Fact]
    public async Task Bytes_that_can_never_be_mined_are_refused_for_good()
    {
        var intent = chain.Sign(key, "CHA-subnet", 1_000);
        var good = await Swap(intent, 0);
        SimulatedCall.TryRead(good.Raw, out var call).ShouldBeTrue();
        var poor = PrivateKey.Generate().PublicKey().ToAddress(chain.World.Network);
        (SimulatedCall Call, string Reason)[] wrong =
        [
            (call! with { Owner = poor }, "SignatureValidation"),
            (call with { Intent = call.Intent with { Amount = 999 } }, "SignatureValidation"),
            (call with { Fee = TokenAmount.Zero }, "FeeTooLow"),
            (call with { Solver = poor }, "NotEnoughFunds"),
            (call with { Swap = call.Swap! with { Hops = [] } }, "NoSuchPublicFunction"),
            (call with { Swap = call.Swap! with { Hops = [new CalledHop(chain.World.Router, 0)] } }, "NoSuchContract"),
            (SimulatedCall.Of(new RouterCall.Spend(chain.Sign(key, "CHA-subnet", 1, router: call.Intent.Token)), chain.Solver, 0,
                chain.World.Fee), "NoSuchContract"),
        ];
        foreach (var (bad, reason) in wrong)
        {
            (await chain.SubmitAsync(Prepared(bad))).ShouldBe(
                new SubmitOutcome.Refused(reason, true) { IsOfPayer = reason is "FeeTooLow" or "NotEnoughFunds" });
        }
        (await chain.SubmitAsync(good with { TxId = new string('0', 64) })).ShouldBe(new SubmitOutcome.Refused("Deserialization", true));
        (await chain.SubmitAsync(good with { Nonce = 1 })).ShouldBe(new SubmitOutcome.Refused("Deserialization", true));
        (await chain.ScalarAsync<long>("SELECT count(*) FROM simulator.mempool")).ShouldBe(0);
    }

    [Fact]
    public async Task A_block_checks_signatures_and_routes_itself()
    {
        SimulatedCall.TryRead((await Swap(chain.Sign(key, "CHA-subnet", 1_000), 0)).Raw, out var call).ShouldBeTrue();
        var hops = call!.Swap!.Hops;
        SimulatedCall[] forged =
        [
            call with { Owner = chain.World.Demo!.Value, Nonce = 0 },
            call with { Swap = call.Swap with { Hops = [hops[1], hops[0]] }, Nonce = 1 },
            call with { Swap = call.Swap with { BuyToken = chain.Token("WELSH") }, Nonce = 2 },
        ];
        foreach (var one in forged)
        {
            await using var insert = chain.DataSource.CreateCommand("INSERT INTO simulator.mempool VALUES ($1, $2, $3, $4, 3000, now())");
            await insert.With(one.Solver.ToString()).With(one.Nonce).With(Prepared(one).TxId).With(one.ToBytes()).ExecuteNonQueryAsync();
        }
        (await chain.MineAsync())!.Outcomes.Select(outcome => outcome.Reason)
            .ShouldBe([AbortReasons.BadSignature, AbortReasons.BadRoute, AbortReasons.BadRoute]);
        (await chain.ScalarAsync<long>("SELECT count(*) FROM simulator.used_uuids")).ShouldBe(0);
    }

    [Fact]
    public async Task Starting_again_and_beside_another_funds_nobody_twice()
    {
        var demo = chain.World.Demo!.Value;
        var before = await chain.BalanceAsync(demo, "CHA-subnet");
        before.ShouldBe(chain.World.UnitsOf(chain.World.Tokens[chain.Token("CHA-subnet")], 1_000_000));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => chain.Ledger.InitialiseAsync(CancellationToken.None)));
        (await chain.BalanceAsync(demo, "CHA-subnet")).ShouldBe(before);
        (await chain.ScalarAsync<long>("SELECT count(*) FROM simulator.pools")).ShouldBe(chain.World.FirstReserves.Count);
    }

    [Fact]
    public async Task A_balance_stops_at_the_largest_amount()
    {
        var most = new TokenAmount(UInt128.MaxValue);
        await chain.Ledger.FundAsync(Principal.From(Owner), chain.Token("CHA-subnet"), most, CancellationToken.None);
        (await chain.BalanceAsync(Owner, "CHA-subnet")).ShouldBe(most);
    }

    [Fact]
    public async Task A_pinned_price_takes_the_place_of_the_walk_until_it_is_taken_away()
    {
        var walk = new PriceWalk(1);
        var source = new SimulatedPriceSource(chain.World, chain.Ledger, walk, TimeProvider.System);
        TokenId[] asked = [TokenId.Stx, chain.Token("CHA"), chain.Token("CHA-subnet"), TokenId.Usd];
        (await source.FetchAsync(asked, CancellationToken.None)).Select(seen => (seen.Token, seen.Origin))
            .ShouldBe([(asked[0], PriceOrigin.PlayMarket), (asked[1], PriceOrigin.PlayMarket)]);
        await chain.Ledger.PinAsync(TokenId.Stx, Price.Parse("123.456"), CancellationToken.None);
        var pinned = (await source.FetchAsync(asked, CancellationToken.None))[0];
        (pinned.Usd, pinned.Origin).ShouldBe((Price.Parse("123.456"), PriceOrigin.Pinned));
        await chain.Ledger.UnpinAsync(TokenId.Stx, CancellationToken.None);
        (await source.FetchAsync(asked, CancellationToken.None))[0].Origin.ShouldBe(PriceOrigin.PlayMarket);
    }

    private Task<PreparedTransaction> Swap(OrderService.Stacks.Messages.VerifiedIntent intent, long nonce, TokenAmount? min = null) =>
        chain.SwapAsync(intent, "STX", nonce, min ?? new TokenAmount(1));

    private async Task<TokenAmount> OneMoreThanQuoted() =>
        (await chain.QuoteAsync("CHA-subnet", "STX", 1_000_000)).AmountOut + new TokenAmount(1);

    private static PreparedTransaction Prepared(SimulatedCall call)
    {
        var raw = call.ToBytes();
        return new PreparedTransaction(SimulatedCall.IdOf(raw), raw, call.Solver, (ulong)call.Nonce, call.Fee);
    }
}
