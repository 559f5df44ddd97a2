namespace OrderService.Engine.Auth;

/// <summary>A wallet's proof as it came, unverified: parts that are missing are null.</summary>
/// <param name="Signature">130 hex digits R‖S‖V, if it is well formed.</param>
/// <param name="PublicKey">The signer's key, where the client gave one.</param>
/// <param name="Text">The exact text that was signed; null stands for the order's uuid.</param>
/// <param name="Wallet">The address that the client says it is.</param>
internal sealed record WalletProof(string? Signature, string? PublicKey, string? Text, string? Wallet);
