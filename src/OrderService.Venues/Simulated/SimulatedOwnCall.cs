using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Venues.Simulated;

/// <summary>What an account does with a token of its own: sells it along a route, or transfers it.</summary>
internal sealed record CalledFunds(TokenId Token, TokenAmount Amount, CalledSwap? Swap, StacksAddress? To);

/// <summary>
/// A transaction that an account calls itself and another one sponsors. The account signs what is done, on its own nonce; who pays, on
/// which nonce and for which fee, is not under its signature, as on the real chain. One without funds does nothing. Its bytes are compact
/// JSON like those of <see cref="SimulatedCall"/>.
/// </summary>
internal sealed record SimulatedOwnCall(
    StacksAddress Account, long AccountNonce, uint ChainId, CalledFunds? Funds, RecoverableSignature Signature, StacksAddress Solver,
    long Nonce, TokenAmount Fee)
{
    /// <summary>The call, signed by its account, as one that this solver pays for.</summary>
    public static SimulatedOwnCall Of(RouterCall call, uint chainId, StacksAddress solver, long nonce, TokenAmount fee)
    {
        var (signer, accountNonce) = call.Origin ?? throw new UnreachableException($"{call.GetType().Name} has no account that calls it");
        var unsigned =
            new SimulatedOwnCall(signer.Account, checked((long)accountNonce), chainId, FundsOf(call), default, solver, nonce, fee);
        return unsigned with { Signature = signer.Sign(call, unsigned.Hash()) };
    }

    /// <summary>True where the account signed it.</summary>
    public bool IsSigned() => Secp256k1.TryRecover(Hash(), Signature, out var key) && key.ToHash160() == Account.Hash;

    /// <summary>The bytes.</summary>
    public byte[] ToBytes() => CallBytes.Write(json =>
    {
        WriteSigned(json);
        json.WriteString("signature", Signature.ToRsvHex());
        json.WriteString("solver", Solver.ToString());
        json.WriteNumber("nonce", Nonce);
        json.WriteString("fee", Fee.ToString());
    });

    /// <summary>Reads bytes; anything but what <see cref="ToBytes"/> writes answers false.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> raw, [NotNullWhen(true)] out SimulatedOwnCall? call) =>
        CallBytes.TryRead(raw, Read, static read => read.ToBytes(), out call);

    private static CalledFunds? FundsOf(RouterCall call) => call switch
    {
        RouterCall.OwnSwap swap => new CalledFunds(swap.Quote.SellToken, swap.Quote.AmountIn, SimulatedCall.SwapOf(swap), null),
        RouterCall.OwnTransfer transfer => new CalledFunds(transfer.Token, transfer.Amount, null, transfer.Recipient),
        RouterCall.Noop => null,
        _ => throw new UnreachableException($"unknown call {call.GetType()}"),
    };

    private byte[] Hash() => SHA256.HashData(CallBytes.Write(WriteSigned));

    private void WriteSigned(Utf8JsonWriter json)
    {
        json.WriteString("account", Account.ToString());
        json.WriteNumber("accountNonce", AccountNonce);
        json.WriteNumber("chain", ChainId);
        if (Funds is not { } funds) return;
        json.WriteString("token", funds.Token.ToString());
        json.WriteString("amount", funds.Amount.ToString());
        if (funds.Swap is { } swap) SimulatedCall.Write(json, swap);
        if (funds.To is { } to) json.WriteString("to", to.ToString());
    }

    private static SimulatedOwnCall Read(JsonElement json)
    {
        if (!RecoverableSignature.TryParseRsv(CallBytes.Text(json, "signature"), out var signature)) throw new FormatException("signature");
        var (accountNonce, nonce) = (json.GetProperty("accountNonce").GetInt64(), json.GetProperty("nonce").GetInt64());
        if (accountNonce < 0 || nonce < 0) throw new FormatException("nonce");
        return new SimulatedOwnCall(
            StacksAddress.Parse(CallBytes.Text(json, "account")), accountNonce, json.GetProperty("chain").GetUInt32(), ReadFunds(json),
            signature,
            StacksAddress.Parse(CallBytes.Text(json, "solver")), nonce, TokenAmount.Parse(CallBytes.Text(json, "fee")));
    }

    private static CalledFunds? ReadFunds(JsonElement json) => !json.TryGetProperty("token", out _) ? null : new CalledFunds(
        TokenId.Parse(CallBytes.Text(json, "token")), TokenAmount.Parse(CallBytes.Text(json, "amount")),
        json.TryGetProperty("swap", out var swap) ? SimulatedCall.ReadSwap(swap) : null,
        json.TryGetProperty("to", out _) ? StacksAddress.Parse(CallBytes.Text(json, "to")) : null);
}
