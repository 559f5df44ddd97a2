using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Simulated;

/// <summary>
/// What an account calls itself on the play chain: both nonces are used, the payer pays, and the chain takes each nonce of the account's
/// once.
/// </summary>
public sealed class OwnCallTests : IAsyncLifetime
{
    private readonly TestSigner _account = new();
    private TestDatabase _database = null!;
    private PlayChain _chain = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _chain = await PlayChain.StartAsync(_database.ConnectionString, new SimulatedOptions { SolversCount = 2 });
        await _chain.FundAsync(_account.Account, "STX", 1_000_000);
    }

    public async Task DisposeAsync()
    {
        await _chain.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_swap_pays_its_recipient_and_takes_exactly_what_it_sells()
    {
        var friend = PrivateKey.Generate().PublicKey().ToAddress(StacksNetwork.Testnet);
        var swap = await SwapAsync(400_000, own: 0, nonce: 0, recipient: friend);
        SimulatedOwnCall.TryRead(swap.Raw, out var read).ShouldBeTrue();
        (read!.IsSigned(), read.ToBytes().SequenceEqual(swap.Raw),
            swap.Origin).ShouldBe((true, true, new TransactionOrigin(_account.Account, 0)));
        await _chain.AcceptAsync(swap);
        await _chain.AcceptAsync(swap); // the same bytes again
        await _chain.MineAsync();
        var paid = (await _chain.StatusAsync(swap)).ShouldBeOfType<TransactionStatus.Succeeded>().AmountOut;
        (await _chain.BalanceAsync(friend, "CHA"),
            await _chain.BalanceAsync(_account.Account, "STX")).ShouldBe((paid, new TokenAmount(600_000)));
        (await _chain.Router.NextNonceAsync(_account.Account, default),
            await _chain.Router.NextNonceAsync(_chain.Solver, default)).ShouldBe((1ul, 1ul));
    }

    [Fact]
    public async Task Of_two_on_one_nonce_the_chain_takes_one_whoever_pays_for_them()
    {
        var first = await SwapAsync(400_000, own: 0, nonce: 0);
        var second = await SwapAsync(300_000, own: 0, nonce: 0, solver: 1);
        await _chain.AcceptAsync(first);
        (await _chain.SubmitAsync(second)).ShouldBe(new SubmitOutcome.Refused("ConflictingNonceInMempool", IsDefinite: false));
        await _chain.MineAsync();
        (await _chain.SubmitAsync(second)).ShouldBe(new SubmitOutcome.Refused("BadNonce", IsDefinite: false));
        (await _chain.StatusAsync(second)).ShouldBeOfType<TransactionStatus.Replaced>();
        (await _chain.ScalarAsync<long>("SELECT count(*) FROM simulator.swaps")).ShouldBe(1);
    }

    [Fact]
    public async Task It_waits_for_its_account_s_nonce_and_holds_up_its_payer_meanwhile()
    {
        var later = await SwapAsync(100_000, own: 1, nonce: 0);
        await _chain.AcceptAsync(later);
        (await _chain.MineAsync()).ShouldBeNull();
        var earlier = Noop(own: 0, nonce: 0, solver: 1);
        await _chain.AcceptAsync(earlier);
        (await _chain.MineAsync())!.Outcomes.Count.ShouldBe(2);
        (await _chain.StatusAsync(later)).ShouldBeOfType<TransactionStatus.Succeeded>();
        (await _chain.Router.NextNonceAsync(_account.Account, default)).ShouldBe(2ul);
    }

    [Fact]
    public async Task An_abort_uses_both_nonces_and_costs_the_payer_alone()
    {
        var swap = await SwapAsync(400_000, own: 0, nonce: 0, min: new TokenAmount(UInt128.MaxValue));
        await _chain.AcceptAsync(swap);
        await _chain.MineAsync();
        (await _chain.StatusAsync(swap)).ShouldBeOfType<TransactionStatus.Aborted>().Reason.ShouldBe(AbortReasons.MinAmountOut);
        (await _chain.BalanceAsync(_account.Account, "STX")).ShouldBe(new TokenAmount(1_000_000));
        (await _chain.Router.NextNonceAsync(_account.Account, default)).ShouldBe(1ul);
        var poor = Prepare(new RouterCall.OwnTransfer(TokenId.Stx, new TokenAmount(1_000_001), _account.Account), own: 1, nonce: 1);
        await _chain.AcceptAsync(poor);
        await _chain.MineAsync();
        (await _chain.StatusAsync(poor)).ShouldBeOfType<TransactionStatus.Aborted>().Reason.ShouldBe(AbortReasons.InsufficientBalance);
    }

    [Fact]
    public async Task What_another_key_signed_and_what_an_account_cannot_call_is_refused()
    {
        _account.IsWrong = true;
        (await _chain.SubmitAsync(Noop(own: 0, nonce: 0))).ShouldBe(new SubmitOutcome.Refused("SignatureValidation", IsDefinite: true));
        _account.IsWrong = false;
        var subnet =
            Prepare(new RouterCall.OwnTransfer(_chain.Token("CHA-subnet"), new TokenAmount(1), _account.Account), own: 0, nonce: 0);
        (await _chain.SubmitAsync(subnet)).ShouldBe(new SubmitOutcome.Refused("NoSuchContract", IsDefinite: true));
        var good = Noop(own: 0, nonce: 0);
        (await _chain.SubmitAsync(good with { Origin = null })).ShouldBe(new SubmitOutcome.Refused("Deserialization", IsDefinite: true));
        (await _chain.SubmitAsync(good with { Origin = new TransactionOrigin(_account.Account, 1) })).ShouldBe(
            new SubmitOutcome.Refused("Deserialization", IsDefinite: true));
    }

    private async Task<PreparedTransaction> SwapAsync(
        ulong amount, ulong own, ulong nonce, int solver = 0, StacksAddress? recipient = null, TokenAmount? min = null)
    {
        var quote = await _chain.QuoteAsync("STX", "CHA", amount);
        return Prepare(new RouterCall.OwnSwap(Principal.From(recipient ?? _account.Account), quote, min ?? new TokenAmount(1)), own, nonce,
            solver);
    }

    private PreparedTransaction Noop(ulong own, ulong nonce, int solver = 0) => Prepare(new RouterCall.Noop(), own, nonce, solver);

    private PreparedTransaction Prepare(RouterCall call, ulong own, ulong nonce, int solver = 0) =>
        _chain.Router.Prepare(call with { Origin = new CallOrigin(_account, own) }, _chain.World.Solvers[solver], nonce, _chain.World.Fee);
}
