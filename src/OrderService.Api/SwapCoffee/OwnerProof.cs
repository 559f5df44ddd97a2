using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;
using OrderService.Engine.Clock;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Api.SwapCoffee;

/// <summary>
/// Says whether the wallet of the path is asking. A proof holds for its window and any number of calls, as the original's does.
/// </summary>
internal sealed class OwnerProof(ISwapRouter router, ProofDomains domains, IOptions<SwapCoffeeOptions> options, TimeProvider time)
{
    /// <summary>The proven caller, or why there is none.</summary>
    public Result<Caller> Check(string address, string? header)
    {
        var network = router.Terms.Network;
        if (!StacksAddress.TryParse(address, out var owner)) return new OrderError.Field("address", "must be a Stacks address");
        if (!owner.BelongsTo(network))
        {
            return new OrderError.Field("address",
                $"is of another network: this service is on {network}, where it is written {owner.On(network)}", "wrong_network");
        }
        if (XVerify.Read(header).IsRejected(out var why, out var proof)) return why;
        if (!domains.Accept(proof.Domain)) return No("wrong_domain", $"proof.domain_val must be {domains.Told}");
        var (now, window) = (time.RealNow().ToUnixTimeSeconds(), (long)options.Value.ProofWindow.TotalSeconds);
        if (proof.Timestamp < now - window || proof.Timestamp > now + window)
        {
            return No("expired_timestamp",
                $"has expired: proof.timestamp must be within {window} seconds of the server's clock, which is {now}");
        }
        if (proof.Key.ToAddress(network) != owner) return No("wrong_address", $"public_key is not that of {owner}");
        return IsSigned(proof)
            ? new Caller(owner, Message: null, Key: null)
            : No("invalid_signature", $"proof.signature is not that of public_key over {proof.Message}");
    }

    private static bool IsSigned(XVerify proof)
    {
        var hash = new byte[32];
        PersonalMessage.Hash(proof.Message, hash);
        return Secp256k1.TryRecover(hash, proof.Signature, out var key) && key == proof.Key;
    }

    private static OrderError.Unauthenticated No(string code, string problem) => new(code, $"{XVerify.Header} {problem}");
}
