using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// An account on the real Clarity VM: funded by a wallet's transfer, swapped by an order of two parts, emptied by a withdrawal that a reorg
/// takes back once.
/// </summary>
[Collection(HandMinedDevnet.Name)]
public sealed class DevnetAccountTests(DevnetFixture fixture)
{
    [Fact]
    public async Task An_account_is_funded_sells_and_pays_the_rest_back_to_its_owner_once()
    {
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 3);
        var account =
            (await world.Get<CreateAccount>().HandleAsync(new NewAccount(Guid.NewGuid(), world.Owner, "escrow", null), default)).Value;
        var token = world.Terms().SellContract;
        (await BalanceAsync(world, account.Address, token)).ShouldBe(TokenAmount.Zero);
        await FundAsync(world, account, token, 1_000_000);
        (await BalanceAsync(world, account.Address, token)).ShouldBe(new TokenAmount(1_000_000));

        var terms = world.Terms() with { AmountIn = new TokenAmount(600_000) };
        var plan = new SchedulePlan { Schedule = new Schedule.Immediate(2), Attempts = new AttemptsBudget(3) };
        var wanted = new NewOrder(terms, new OrderFunding.FromAccount(account), new OrderPlan.Parts(plan), "panora", null);
        var order = (await world.Get<PlaceOrder>().HandleAsync(wanted, default)).Value;
        (await AskAsync(world, account, token, 400_001)).Error.ShouldBe(new OrderError.InsufficientBalance(new(400_000), new(400_001)));
        var wallet = await BalanceAsync(world, world.Owner, token);
        var withdrawal = (await AskAsync(world, account, token, 400_000)).Value;
        await world.BeatUntilEndedAsync(order);
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);

        await world.Get<WithdrawalWorker>().TickAsync(default);
        (await ReadAsync(world, withdrawal)).Status.ShouldBe(WithdrawalStatus.Sent);
        await world.MineAsync();
        var paid = await ReadAsync(world, withdrawal);
        (paid.Status, paid.IsFinal, paid.Reason).ShouldBe((WithdrawalStatus.Confirmed, false, null));
        await world.Devnet.ReorgAsync(1);
        await world.SettleAsync();
        (await ReadAsync(world, withdrawal)).Status.ShouldBe(WithdrawalStatus.Sent);
        for (var i = 0; i < 5; i++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(11));
            await world.MineAsync();
        }
        var ended = await ReadAsync(world, withdrawal);
        (ended.Status, ended.IsFinal, ended.TxId).ShouldBe((WithdrawalStatus.Confirmed, true, paid.TxId));
        (await BalanceAsync(world, world.Owner, token) - wallet).ShouldBe(new TokenAmount(400_000));
        (await BalanceAsync(world, account.Address, token)).ShouldBe(TokenAmount.Zero);
        var kinds = (await world.Get<ReadAccountHistory>().HandleAsync(account, null, 100, default)).Entries.Reverse()
            .Where(e => e.WithdrawalId is not null).Select(e => e.Kind);
        kinds.ShouldBe(["withdrawing", "withdrawn", "withdrawal_taken_back", "withdrawn"]);
    }

    // A solver of the service sends what the wallet signed, as a frontend's own solver would.
    internal static async Task FundAsync(StacksWorld world, ManagedAccount account, ContractId token, UInt128 amount)
    {
        var intent =
            new TransferIntent(token, amount, Principal.From(account.Address), Guid.NewGuid().ToString(), StacksNetwork.Testnet.ChainId);
        var hash = new byte[32];
        intent.Hash(hash);
        VerifiedIntent.TryVerify(intent, Secp256k1.Sign(hash, world.Devnet.Wallet().Key), world.Owner, out var verified).ShouldBeTrue();
        var call = new RouterCall.Transfer(verified);
        var solver = world.Router.Solvers[0];
        var funding = world.Router.Prepare(call, solver, await world.Router.NextNonceAsync(solver, default),
            await world.Router.FeeAsync(call, default));
        (await world.Router.SubmitAsync(funding, default)).ShouldBeOfType<SubmitOutcome.Accepted>();
        await world.Devnet.MineAsync();
        await world.KeepNoncesAsync();
    }

    private static Task<OrderService.Domain.Result<Withdrawal>> AskAsync(
        StacksWorld world, ManagedAccount account, ContractId token, ulong amount) =>
            world.Get<Withdraw>()
                .HandleAsync(new NewWithdrawal(Guid.NewGuid(), account, TokenId.Of(token), new TokenAmount(amount), null,
                    account.Owner.ToString()), default);

    private static async Task<TokenAmount> BalanceAsync(StacksWorld world, StacksAddress holder, ContractId token) =>
        (await world.Router.BalancesAsync(holder, [token], default))[token];

    private static async Task<Withdrawal> ReadAsync(StacksWorld world, Withdrawal withdrawal)
    {
        await using var db = await world.Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
        return await db.Withdrawals.AsNoTracking().SingleAsync(w => w.Id == withdrawal.Id);
    }
}
