using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Venues.Simulated;

/// <summary>One hop as the bytes carry it.</summary>
internal readonly record struct CalledHop(ContractId Vault, byte Opcode);

/// <summary>What a swap adds to the intent: the route, who is paid in which token, and the least of it.</summary>
internal sealed record CalledSwap(Principal Recipient, TokenId BuyToken, TokenAmount MinAmountOut, IReadOnlyList<CalledHop> Hops);

/// <summary>
/// A transaction of the simulated chain. Its bytes are compact JSON with its members in one order: equal calls have equal bytes and one id.
/// </summary>
internal sealed record SimulatedCall(
    StacksAddress Solver, long Nonce, TokenAmount Fee, TransferIntent Intent, StacksAddress Owner, RecoverableSignature Signature,
    CalledSwap? Swap, bool IsTransfer = false)
{
    /// <summary>The call as a transaction of this account; one that neither swaps nor transfers spends the uuid.</summary>
    public static SimulatedCall Of(RouterCall call, StacksAddress solver, long nonce, TokenAmount fee)
    {
        var (verified, swap) = call switch
        {
            RouterCall.Swap swapping => (swapping.Intent, SwapOf(swapping)),
            RouterCall.Spend spend => (spend.Intent, null),
            RouterCall.Transfer transfer => (transfer.Intent, null),
            _ => throw new UnreachableException($"no intent moves what {call.GetType()} does"),
        };
        return new(solver, nonce, fee, verified.Intent, verified.Signer, verified.Signature, swap, IsTransfer: call is RouterCall.Transfer);
    }

    /// <summary>What a swap adds to whatever moves its funds.</summary>
    public static CalledSwap SwapOf(RouterCall.Swapping swap) =>
        new(swap.Recipient, swap.Quote.BuyToken, swap.MinAmountOut,
            [.. swap.Quote.Hops.Select(hop => new CalledHop(hop.Vault, hop.Opcode))]);

    /// <summary>64 lower-case hex digits: the SHA-256 of the bytes.</summary>
    public static string IdOf(ReadOnlySpan<byte> raw) => Convert.ToHexStringLower(SHA256.HashData(raw));

    /// <summary>True where the owner signed the intent.</summary>
    public bool IsSigned() => VerifiedIntent.TryVerify(Intent, Signature, Owner, out _);

    /// <summary>The bytes.</summary>
    public byte[] ToBytes() => CallBytes.Write(json =>
    {
        json.WriteString("solver", Solver.ToString());
        json.WriteNumber("nonce", Nonce);
        json.WriteString("fee", Fee.ToString());
        json.WriteString("token", Intent.Token.ToString());
        json.WriteString("amount", new TokenAmount(Intent.Amount).ToString());
        json.WriteString("target", Intent.Target.ToString());
        json.WriteString("uuid", Intent.Uuid);
        json.WriteNumber("chain", Intent.ChainId);
        json.WriteString("owner", Owner.ToString());
        json.WriteString("signature", Signature.ToRsvHex());
        if (Swap is not null) Write(json, Swap);
        if (IsTransfer) json.WriteBoolean("transfer", true);
    });

    /// <summary>Reads bytes; anything but what <see cref="ToBytes"/> writes answers false.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> raw, [NotNullWhen(true)] out SimulatedCall? call) =>
        CallBytes.TryRead(raw, Read, static read => read.ToBytes(), out call);

    internal static void Write(Utf8JsonWriter json, CalledSwap swap)
    {
        json.WriteStartObject("swap");
        json.WriteString("recipient", swap.Recipient.ToString());
        json.WriteString("buy", swap.BuyToken.ToString());
        json.WriteString("min", swap.MinAmountOut.ToString());
        json.WriteStartArray("hops");
        foreach (var (vault, opcode) in swap.Hops)
        {
            json.WriteStartArray();
            json.WriteStringValue(vault.ToString());
            json.WriteNumberValue(opcode);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static SimulatedCall Read(JsonElement json)
    {
        if (!RecoverableSignature.TryParseRsv(CallBytes.Text(json, "signature"), out var signature)) throw new FormatException("signature");
        var nonce = json.GetProperty("nonce").GetInt64();
        if (nonce < 0) throw new FormatException("nonce");
        var intent = new TransferIntent(
            ContractId.Parse(CallBytes.Text(json, "token")), TokenAmount.Parse(CallBytes.Text(json, "amount")).Units,
            Principal.Parse(CallBytes.Text(json, "target")), CallBytes.Text(json, "uuid"), json.GetProperty("chain").GetUInt32());
        return new SimulatedCall(
            StacksAddress.Parse(CallBytes.Text(json, "solver")), nonce, TokenAmount.Parse(CallBytes.Text(json, "fee")), intent,
            StacksAddress.Parse(CallBytes.Text(json, "owner")), signature,
            json.TryGetProperty("swap", out var swap) ? ReadSwap(swap) : null,
            json.TryGetProperty("transfer", out var transfer) && transfer.GetBoolean());
    }

    internal static CalledSwap ReadSwap(JsonElement json) => new(
        Principal.Parse(CallBytes.Text(json, "recipient")), TokenId.Parse(CallBytes.Text(json, "buy")),
        TokenAmount.Parse(CallBytes.Text(json, "min")),
        [.. json.GetProperty("hops").EnumerateArray()
            .Select(hop => new CalledHop(ContractId.Parse(hop[0].GetString() ?? ""), hop[1].GetByte()))]);
}
