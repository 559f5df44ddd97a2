using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Records;

/// <summary>
/// A call that is proven by what a wallet signed, which has all that is asked for; or by an API key, beside which the other members stand.
/// </summary>
internal abstract record ProvenCallRecord : SignedCallRecord
{
    /// <summary>True where nothing is asked for beside the proof.</summary>
    internal bool IsProofOnly =>
        (this with { Message = default, Signature = default, WalletAddress = default, PublicKey = default }).Equals(
            Activator.CreateInstance(GetType()));
}
