using System.Text;
using FluentValidation;
using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;
using OrderService.Engine.Auth;

namespace OrderService.Api.SwapCoffee;

/// <summary>What the header of a proof must be; whether the proof holds is judged by <see cref="OwnerProof"/>.</summary>
internal sealed class ProofRules : StrategyRules<ProofHeaderRecord>
{
    public ProofRules()
    {
        Needed(b => b.PublicKey).Must(key => key.Text is not null).Says("must be text");
        Object(b => b.Proof);
        Must(b => b.PublicKey, (_, key) => key.IsRead).Says("must be a secp256k1 public key in 66 hex digits");
        Text(b => b.Proof.Value!.DomainVal, "must be text");
        Text(b => b.Proof.Value!.Payload, "must be text");
        Needed(b => b.Proof.Value!.DomainLen);
        Whole(b => b.Proof.Value!.DomainLen, 0, XVerify.TextMax);
        Number(b => b.Proof.Value!.Timestamp);
        Must(b => b.Proof.Value!.DomainLen,
            (body, length) => StrategyNumbers.Whole(length) == Encoding.UTF8.GetByteCount(body.Proof.Value!.DomainVal.Value!))
            .Says("must be the length of domain_val in bytes");
        Must(b => b.Proof.Value!.Payload, (_, payload) => payload.Value!.Length > 0).Says("must not be empty");
        Must(b => b.Proof.Value!.Timestamp, (body, _) => body.Proof.Value!.Seconds >= 0).Says("must be the unix time in seconds");
        Needed(b => b.Proof.Value!.Signature).Must(signature => signature.Text is not null).Says("must be text")
            .Must(signature => signature.IsRead).WithMessage((_, signature) => SignatureHints.Of(signature.Text!))
            .WithErrorCode("invalid_signature");
    }
}
