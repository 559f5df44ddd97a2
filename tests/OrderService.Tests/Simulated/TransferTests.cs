using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Simulated;

/// <summary>A transfer by signed intent on the play chain: what the token contracts enforce.</summary>
public sealed class TransferTests : IAsyncLifetime
{
    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly StacksAddress _friend = PrivateKey.Generate().PublicKey().ToAddress(StacksNetwork.Testnet);
    private TestDatabase _database = null!;
    private PlayChain _chain = null!;

    private StacksAddress Owner => _key.PublicKey().ToAddress(_chain.World.Network);

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _chain = await PlayChain.StartAsync(_database.ConnectionString);
        await _chain.FundAsync(Owner, "CHA-subnet", 1_000);
    }

    public async Task DisposeAsync()
    {
        await _chain.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task It_pays_the_signed_target_once()
    {
        var intent = Sign(400);
        PreparedTransaction[] both = [Transfer(intent, 0), Transfer(intent, 1)];
        foreach (var one in both) await _chain.AcceptAsync(one);
        await _chain.MineAsync();
        (await _chain.StatusAsync(both[0])).ShouldBeOfType<TransactionStatus.Succeeded>();
        (await _chain.StatusAsync(both[1])).ShouldBeOfType<TransactionStatus.Aborted>().UuidUsed.ShouldBeTrue();
        (await _chain.BalanceAsync(Owner, "CHA-subnet"),
            await _chain.BalanceAsync(_friend, "CHA-subnet")).ShouldBe((new TokenAmount(600), new TokenAmount(400)));
        SimulatedCall.TryRead(both[0].Raw, out var call).ShouldBeTrue();
        (call!.IsTransfer, call.Swap).ShouldBe((true, null));
    }

    [Fact]
    public async Task More_than_there_is_aborts_and_leaves_the_uuid()
    {
        var intent = Sign(1_001);
        var transfer = Transfer(intent, 0);
        await _chain.AcceptAsync(transfer);
        await _chain.MineAsync();
        var abort = (await _chain.StatusAsync(transfer)).ShouldBeOfType<TransactionStatus.Aborted>();
        (abort.Reason, abort.UuidUsed).ShouldBe((AbortReasons.InsufficientBalance, false));
        await _chain.FundAsync(Owner, "CHA-subnet", 1);
        var again = Transfer(intent, 1);
        await _chain.AcceptAsync(again);
        await _chain.MineAsync();
        (await _chain.StatusAsync(again)).ShouldBeOfType<TransactionStatus.Succeeded>();
    }

    [Fact]
    public async Task A_spent_uuid_transfers_nothing_and_what_was_signed_for_a_swap_pays_the_router_only()
    {
        var spent = Sign(100);
        var toRouter = _chain.Sign(_key, "CHA-subnet", 100);
        SimulatedCall.TryRead(Transfer(spent, 1).Raw, out var call).ShouldBeTrue();
        var elsewhere = call! with { Intent = call.Intent with { Target = Principal.From(Owner) }, Nonce = 2 };
        (await _chain.SubmitAsync(Bytes(elsewhere))).ShouldBe(new SubmitOutcome.Refused("SignatureValidation", true));
        // The spend of an intent whose target is no router is refused at the door of the mempool, as one that nobody of us sends.
        (await _chain.SubmitAsync(_chain.Spend(spent, 0))).ShouldBeOfType<SubmitOutcome.Refused>();
        var transfer = Transfer(toRouter, 0);
        await _chain.AcceptAsync(transfer);
        await _chain.MineAsync();
        (await _chain.Router.BalancesAsync(Owner, [Contract], CancellationToken.None))[Contract].ShouldBe(new TokenAmount(900));
        (await _chain.Ledger.BalancesAsync(Principal.From(_chain.World.Router), CancellationToken.None))[TokenId.Of(Contract)].ShouldBe(
            new TokenAmount(100));
    }

    [Fact]
    public async Task A_token_that_was_never_held_is_zero() =>
        (await _chain.Router.BalancesAsync(_friend, [Contract, Contract], CancellationToken.None)).ShouldHaveSingleItem().Value.ShouldBe(
            TokenAmount.Zero);

    private ContractId Contract => ContractId.Parse(_chain.Token("CHA-subnet").ToString());

    private VerifiedIntent Sign(ulong amount)
    {
        var intent = new TransferIntent(Contract, amount, Principal.From(_friend), Guid.NewGuid().ToString(), _chain.World.Network.ChainId);
        var hash = new byte[32];
        intent.Hash(hash);
        VerifiedIntent.TryVerify(intent, Secp256k1.Sign(hash, _key), Owner, out var verified).ShouldBeTrue();
        return verified;
    }

    private PreparedTransaction Transfer(VerifiedIntent intent, ulong nonce) =>
        _chain.Router.Prepare(new RouterCall.Transfer(intent), _chain.Solver, nonce, _chain.World.Fee);

    private static PreparedTransaction Bytes(SimulatedCall call)
    {
        var raw = call.ToBytes();
        return new PreparedTransaction(SimulatedCall.IdOf(raw), raw, call.Solver, (ulong)call.Nonce, call.Fee);
    }
}
