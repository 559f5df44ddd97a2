using System.Globalization;
using System.Text.Json.Nodes;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Stacks.Transactions;
using OrderService.Tests.Charisma;
using OrderService.Venues;
using OrderService.Venues.Stacks;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Tests.StacksVenue;

/// <summary>The calls that the service builds, held to the golden transactions where they are swaps.</summary>
public sealed class StacksCallsTests
{
    private static readonly JsonNode[] Vectors = [.. JsonNode.Parse(File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "Vectors", "transactions.json")))!["transactions"]!.AsArray().Select(v => v!)];

    // The vector's slippage is 1 %, and it has one hop: all of its conditions are ours.
    [Fact]
    public void A_swap_out_of_a_subnet_has_every_byte_of_the_golden_transaction()
    {
        var vector = Vectors.Single(v => (string?)v["id"] == "tx-01");
        var (call, vaults) = Read(vector, new TokenAmount(990_000), "charisma");

        var signed = Calls(vector).Of(call, vaults, nonce: 0, fee: 1_000).Sign(PrivateKey.Parse((string)vector["senderKey"]!));

        Convert.ToHexStringLower(signed.Raw.Span).ShouldBe((string?)vector["txHex"]);
        signed.TxId.ShouldBe((string?)vector["txid"]);
    }

    // Its mode is Allow without conditions, which the service never writes; the arguments are the same.
    [Fact]
    public void A_swap_on_the_other_network_has_the_golden_arguments()
    {
        var vector = Vectors.Single(v => (string?)v["id"] == "tx-03");
        var (call, vaults) = Read(vector, new TokenAmount(1), "welsh");

        var built = Calls(vector).Of(call, vaults, nonce: 1, fee: 0);

        built.Mode.ShouldBe(PostConditionMode.Deny);
        var payload = built.Payload.ShouldBeOfType<TransactionPayload.ContractCall>();
        (payload.Contract.ToString(), payload.Function).ShouldBe(((string)vector["contract"]!, (string)vector["functionName"]!));
        payload.Arguments.Select(a => Convert.ToHexStringLower(ClarityWriter.ToBytes(a)))
            .ShouldBe(vector["argsHex"]!.AsArray().Select(a => (string)a!));
    }

    [Fact]
    public void A_spend_names_the_signed_intent_to_the_verifier_and_moves_nothing()
    {
        var spend = new RouterCall.Spend(Samples.Verified());
        var built = Calls(StacksNetwork.Testnet, CallSamples.Contract("x-multihop-rc9")).Of(spend, CallSamples.Vaults, 3, 4);
        built.PostConditions.ShouldBeEmpty();
        built.Mode.ShouldBe(PostConditionMode.Deny);
        var call = built.Payload.ShouldBeOfType<TransactionPayload.ContractCall>();
        (call.Contract, call.Function).ShouldBe((CallSamples.Contract("blaze-v1"), "execute"));
        call.Arguments.Skip(1).Select(a => a.ToString()).ShouldBe(
            new ClarityValue[]
            {
                new ClarityValue.StringAscii("TRANSFER_TOKENS"), new ClarityValue.None(), ClarityValue.Optional((UInt128)1_000_000),
                ClarityValue.Optional(new ClarityValue.PrincipalValue(Principal.From(Samples.Venue.Router))),
                new ClarityValue.StringAscii(Samples.Uuid),
            }.Select(a => a.ToString()));
    }

    [Fact]
    public void A_transfer_calls_the_token_itself_and_names_the_signed_target()
    {
        var verified = Samples.Verified();
        var built = Calls(StacksNetwork.Testnet, CallSamples.Contract("x-multihop-rc9"))
            .Of(new RouterCall.Transfer(verified), CallSamples.Vaults, 3, 4);
        built.PostConditions.ShouldBeEmpty();
        built.Mode.ShouldBe(PostConditionMode.Deny);
        var call = built.Payload.ShouldBeOfType<TransactionPayload.ContractCall>();
        (call.Contract, call.Function).ShouldBe((verified.Intent.Token, "x-transfer"));
        call.Arguments.Skip(1).Select(a => a.ToString()).ShouldBe(
            new ClarityValue[] { new ClarityValue.UInt(1_000_000), new ClarityValue.StringAscii(Samples.Uuid),
                new ClarityValue.PrincipalValue(verified.Intent.Target) }.Select(a => a.ToString()));
    }

    [Fact]
    public void The_uuid_is_read_back_out_of_a_swap_and_a_spend_and_out_of_nothing_else()
    {
        var calls = Calls(StacksNetwork.Testnet, CallSamples.Contract("x-multihop-rc9"));
        RouterCall[] ours = [CallSamples.Swap(1, CallSamples.Hop(CallSamples.Withdraw, false)), new RouterCall.Spend(Samples.Verified()),
            new RouterCall.Transfer(Samples.Verified())];
        foreach (var call in ours)
        {
            StacksCalls.TryReadUuid(calls.Of(call, CallSamples.Vaults, 0, 1).Sign(Samples.Key).Raw.Span, out var uuid).ShouldBeTrue();
            uuid.ShouldBe(Samples.Uuid);
        }
        var transfer = new UnsignedTransaction(StacksNetwork.Testnet, 0, 1,
            new TransactionPayload.TokenTransfer(Principal.From(Samples.Owner), 1), []).Sign(Samples.Key);
        StacksCalls.TryReadUuid(transfer.Raw.Span, out _).ShouldBeFalse();
        StacksCalls.TryReadUuid(transfer.Raw.Span[..50], out _).ShouldBeFalse();
    }

    private static StacksCalls Calls(JsonNode vector) =>
        Calls(StacksNetwork.Parse((string)vector["network"]!), ContractId.Parse((string)vector["contract"]!, null));

    private static StacksCalls Calls(StacksNetwork network, ContractId router) => new(StacksChain.Of(new StacksOptions
    {
        Network = network.Name, NodeUrl = "http://127.0.0.1:1", Router = router.ToString(),
        Verifier = new ContractId(router.Issuer, "blaze-v1").ToString(), SolverKeys = [Samples.Key.ToHex()],
    }));

    private static (RouterCall.Swap, VaultSnapshot) Read(JsonNode vector, TokenAmount min, string asset)
    {
        var (sold, hop, paid) = (vector["inputs"]!["in"]!, vector["inputs"]!["hops"]![0]!, vector["inputs"]!["out"]!);
        var (from, to) = (ContractId.Parse((string)sold["token"]!, null), ContractId.Parse((string)paid["token"]!, null));
        var network = StacksNetwork.Parse((string)vector["network"]!);
        var amount = UInt128.Parse((string)sold["amount"]!, CultureInfo.InvariantCulture);
        var intent = new TransferIntent(from, amount, Principal.From(ContractId.Parse((string)vector["contract"]!, null)),
            (string)sold["uuid"]!, network.ChainId);
        RecoverableSignature.TryParseRsv((string)sold["signature"]!, out var signature).ShouldBeTrue();
        VerifiedIntent.TryVerify(intent, signature, VerifiedIntent.RecoverSigner(intent, signature, network)!.Value, out var verified)
            .ShouldBeTrue();

        var opcode = Convert.FromHexString((string)hop["opcode"]!)[0];
        var (subnet, plain) = (TokenId.Of(from), TokenId.Of(to));
        var vault = new StacksVault(ContractId.Parse((string)hop["vault"]!, null), opcode == 6 ? VaultKind.Sublink : VaultKind.Pool,
            opcode == 6 ? plain : subnet, opcode == 6 ? subnet : plain, 0, default, default, null, true);
        StacksToken[] tokens =
            [new(new Token(subnet, "x", "x", 6, TokenType.Subnet), null), new(new Token(plain, "y", "y", 6, TokenType.Sip10), asset)];
        var hops = new[] { new Hop(vault.Id, opcode, subnet, plain, new TokenAmount(amount), new TokenAmount(amount)) };
        var quote = new Quote(subnet, plain, new TokenAmount(amount), new TokenAmount(amount), hops, Samples.Start);
        var snapshot = new VaultSnapshot([vault], tokens, CallSamples.Wrapped, Samples.Start, default, new RouteOptions());
        return (new RouterCall.Swap(verified!, Principal.Parse((string)paid["to"]!), quote, min), snapshot);
    }
}
