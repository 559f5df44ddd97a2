using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using OrderService.CommandLine;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Pricing;
using OrderService.Engine.Accounts;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Transactions;

namespace OrderService.Tests.StacksVenue;

/// <summary>What was sent to a managed account and no order can sell comes back to its owner, on the real Clarity VM.</summary>
[Collection(HandMinedDevnet.Name)]
public sealed class SendBackTests(DevnetFixture fixture)
{
    private const long PayerStx = 1_000_000;

    [Fact]
    public async Task STX_and_a_plain_token_go_back_to_the_owner_whole_and_the_key_that_is_given_pays()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var (account, payer) = await ArrangeAsync(world);
        var cha = world.Devnet.Contract("charisma-token");
        var before = await HeldAsync(world, world.Owner);
        (await OthersAsync(world, account)).ShouldBe([(".stx", "STX", 5_000_000), (cha, "CHA", 700_000)]);

        (await RunAsync(world, account, payer, ".stx")).ShouldBe((0, ""));
        await world.Devnet.MineAsync();
        (await RunAsync(world, account, payer, cha, amount: 300_000)).ShouldBe((0, ""));
        await world.Devnet.MineAsync();

        var (after, left) = (await HeldAsync(world, world.Owner), await HeldAsync(world, account.Address));
        (after.Stx - before.Stx, after.Cha - before.Cha).ShouldBe((5_000_000, 300_000));
        (left.Stx, left.Cha).ShouldBe((0, 400_000));
        (await OthersAsync(world, account)).ShouldBe([(cha, "CHA", 400_000)]);
        var sent = (await world.Devnet.LedgerAsync()).Where(entry => (string?)entry["sender"] == account.Address.ToString()).ToList();
        sent.Select(entry => ((string)entry["fn"]!, (long)entry["nonce"]!, (string)entry["status"]!))
            .ShouldBe([("token-transfer", 0, "success"), ("transfer", 1, "success")]);
        sent.ShouldAllBe(entry => (string?)entry["payer"] == Address(payer).ToString());
        var fees = sent.Sum(entry => long.Parse((string)entry["fee"]!, CultureInfo.InvariantCulture));
        (await HeldAsync(world, Address(payer))).Stx.ShouldBe(PayerStx - fees);

        await using var db = await world.Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
        var told = await db.Events.AsNoTracking().Where(e => e.Kind == "tokens_sent_back").OrderBy(e => e.Id).ToListAsync();
        told.Select(e => e.Actor).ShouldBe(["operator", "operator"]);
        told.Select(e => EventText.TryRead(e.Kind, e.Detail!, out var happened) ? happened : null).ShouldBe(
        [
            new TokensSentBack(account.Id, ".stx", new TokenAmount(5_000_000), (string)sent[0]["txid"]!),
            new TokensSentBack(account.Id, cha, new TokenAmount(300_000), (string)sent[1]["txid"]!),
        ]);
    }

    [Fact]
    public async Task However_often_it_is_run_before_a_block_the_owner_is_paid_once()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var (account, payer) = await ArrangeAsync(world);
        var before = await HeldAsync(world, world.Owner);

        (await RunAsync(world, account, payer, ".stx", amount: 2_000_000)).ShouldBe((0, ""));
        (await RunAsync(world, account, payer, ".stx", amount: 2_000_000)).ShouldBe((0, ""), "the same bytes are taken again");
        (await RunAsync(world, account, payer, ".stx", amount: 1_000_000)).Error.ShouldContain("ConflictingNonceInMempool");
        (await RunAsync(world, account, payer, ".stx", amount: 3_000_000, fee: 20_000)).ShouldBe((0, ""), "a higher fee takes its place");
        await world.Devnet.MineAsync(2);

        ((await HeldAsync(world, world.Owner)).Stx - before.Stx).ShouldBe(3_000_000);
        (await HeldAsync(world, Address(payer))).Stx.ShouldBe(PayerStx - 20_000);
    }

    [Fact]
    public async Task What_cannot_be_sent_back_is_told_in_a_sentence()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var (account, payer) = await ArrangeAsync(world);
        var poor = PrivateKey.Generate();

        (await RunAsync(world, account, payer, ".stx", amount: 5_000_001)).Error.ShouldContain("holds 5000000 of .stx");
        (await RunAsync(world, account, payer, world.Devnet.Contract("welsh-token"))).Error.ShouldContain("holds 0 of");
        (await RunAsync(world, account, payer, world.Devnet.Contract("blaze-v1"))).Error.ShouldContain("does not answer get-balance");
        await DevnetAccountTests.FundAsync(world, account, world.Terms().SellContract, 1_000);
        (await RunAsync(world, account, payer, world.Terms().SellToken.ToString())).Error.ShouldContain("a subnet token is withdrawn");
        (await RunAsync(world, account, poor, ".stx")).Error.ShouldContain("holds 0 micro-STX");
        (await RunAsync(world, account, SolverKey(world), ".stx")).Error.ShouldContain("pays for the service's own transactions");
        (await RunAsync(world, account, payer, ".stx", key: '6')).Error.ShouldContain("does not open with this master key");
        var stranger = new ManagedAccount(Guid.NewGuid(), world.Owner, "none", Address(poor), world.Time.GetUtcNow());
        (await RunAsync(world, stranger, payer, ".stx")).Error.ShouldContain("is no managed account");
        (await HeldAsync(world, account.Address)).ShouldBe((5_000_000, 700_000));
        (await world.ScalarAsync("SELECT count(*) FROM order_events WHERE kind = 'tokens_sent_back'")).ShouldBe(0);
    }

    // The key's own guard, whatever built the transaction.
    [Fact]
    public async Task An_account_signs_no_transfer_to_anybody_but_its_owner()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var (account, payer) = await ArrangeAsync(world);
        var back = new SendBack(world.Get<IDbContextFactory<OrdersDb>>(), world.Time);
        var token = ContractId.Parse(world.Devnet.Contract("charisma-token"));
        var (owner, thief) = (Principal.From(account.Owner), Principal.From(Address(payer)));
        UnsignedTransaction Of(TransactionPayload payload, params PostCondition[] conditions) =>
            new(StacksNetwork.Testnet, 0, 0, payload, conditions, Sponsor: new Sponsorship(0, 3000));
        TransactionPayload Transfer(Principal to, ulong amount, string function = "transfer") => new TransactionPayload.ContractCall(
            token, function,
            [new ClarityValue.UInt(amount), new ClarityValue.PrincipalValue(Principal.From(account.Address)),
                new ClarityValue.PrincipalValue(to), new ClarityValue.None()]);
        PostCondition Exactly(ulong amount) =>
            new PostCondition.Fungible(null, new AssetId(token, "charisma"), FungibleCondition.Equal, amount);
        var (stx, plain) = (new Returned(account, TokenId.Stx, new TokenAmount(5)),
            new Returned(account, TokenId.Of(token), new TokenAmount(5)));

        (Returned What, UnsignedTransaction Transfer)[] forged =
        [
            (stx, Of(new TransactionPayload.TokenTransfer(thief, 5))), (stx, Of(new TransactionPayload.TokenTransfer(owner, 6))),
            (plain, Of(new TransactionPayload.TokenTransfer(owner, 5))),
            (plain, Of(Transfer(thief, 5), Exactly(5))), (plain, Of(Transfer(owner, 6), Exactly(6))),
            (plain, Of(Transfer(owner, 5, "steal"), Exactly(5))), (stx, Of(Transfer(owner, 5), Exactly(5))),
            (plain, Of(Transfer(owner, 5))), (plain, Of(Transfer(owner, 5), Exactly(6))),
            (plain, Of(Transfer(owner, 5), Exactly(5)) with { Mode = PostConditionMode.Allow }),
        ];
        foreach (var (what, transfer) in forged)
            await Should.ThrowAsync<SendBackException>(() => back.SignAsync(what, transfer, Master, payer, default));

        (await back.SignAsync(stx, Of(new TransactionPayload.TokenTransfer(owner, 5)), Master, payer, default)).IsSigned().ShouldBeTrue();
        var signed = await back.SignAsync(plain, Of(Transfer(owner, 5), Exactly(5)), Master, payer, default);
        (signed.IsSigned(), signed.Sender, signed.Payer).ShouldBe((true, account.Address, Address(payer)));
    }

    private static MasterKey Master => MasterKey.Parse(new string('5', 64))!;

    private static StacksAddress Address(PrivateKey key) => key.PublicKey().ToAddress(StacksNetwork.Testnet);

    private static PrivateKey SolverKey(StacksWorld world) => world.Devnet.SolverKey(world.Place.FirstSolver);

    // An account with 5 STX and 700,000 CHA that no order can sell, and a key with STX that is none of the service's.
    private static async Task<(ManagedAccount Account, PrivateKey Payer)> ArrangeAsync(StacksWorld world)
    {
        var account =
            (await world.Get<CreateAccount>().HandleAsync(new NewAccount(Guid.NewGuid(), world.Owner, "escrow", null), default)).Value;
        var payer = PrivateKey.Generate();
        await world.Devnet.FaucetAsync(account.Address.ToString(), 5_000_000, ("charisma-token", 700_000));
        await world.Devnet.FaucetAsync(Address(payer).ToString(), PayerStx);
        return (account, payer);
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(
        StacksWorld world, ManagedAccount account, PrivateKey payer, string token, ulong? amount = null, ulong? fee = null, char key = '5')
    {
        var values = new Dictionary<string, string?> { ["Accounts:MasterKey"] = new string(key, 64) };
        foreach (var (name, value) in world.Devnet.Settings(1, 1, world.Place.FirstSolver))
            values[name.Replace("__", ":", StringComparison.Ordinal)] = value;
        using var output = new StringWriter();
        using var error = new StringWriter();
        var wish = new SendBackWish(account.Address, TokenId.Parse(token), amount is { } units ? new TokenAmount(units) : null, payer, fee,
            world.Place.ConnectionString);
        try
        {
            var code = await SendBackCommand.RunAsync(
                new CommandLineWorld(output, error, world.Time, _ => null),
                new ConfigurationBuilder().AddInMemoryCollection(values).Build(), wish, default);
            output.ToString().Trim().Length.ShouldBe(64);
            return (code, "");
        }
        catch (CommandLineFault fault)
        {
            return (fault.ExitCode, fault.Message);
        }
    }

    private static async Task<IEnumerable<(string, string?, UInt128)>> OthersAsync(StacksWorld world, ManagedAccount account) =>
        (await world.Get<ReadAccounts>()
            .OneAsync(account, default)).Value.Others!.Select(other => (other.Id.ToString(), other.Known?.Symbol, other.Balance.Units));

    private static async Task<(long Stx, long Cha)> HeldAsync(StacksWorld world, StacksAddress holder)
    {
        var held = await world.Devnet.BalancesAsync(holder.ToString());
        return (Units(held["stx"]!), Units(held["tokens"]![world.Devnet.Contract("charisma-token")]!));

        static long Units(JsonNode amount) => long.Parse((string)amount!, CultureInfo.InvariantCulture);
    }
}
